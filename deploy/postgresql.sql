-- Role and empty database for one site: psql -U postgres -v password="'…'" -f deploy/postgresql.sql
-- The role owns its tables, because triggers are made anew after migrations; CREATEDB lets `zhuanban restore --check` work.
CREATE ROLE zhuanban LOGIN CREATEDB PASSWORD :password;
CREATE DATABASE zhuanban OWNER zhuanban ENCODING 'UTF8' TEMPLATE template0;
REVOKE ALL ON DATABASE zhuanban FROM PUBLIC;
