#!/bin/sh
# Brings a site to another version: deploy/upgrade.sh REF   (in the checkout that serves it, as the user that runs it)
# Backup, verify, stop, new code, set up, bring the tables up to date, verify, start. Stops at the first thing that is not well,
# and then says how to go back. STOP and START are the commands that stop and start the services.
set -eu

ref=${1:?"which version? deploy/upgrade.sh REF"}
: "${ZHUANBAN_WORKSPACE:?"set ZHUANBAN_WORKSPACE (and DATABASE_URL, if the site uses PostgreSQL) as the services have them"}"
STOP=${STOP:-"sudo systemctl stop zhuanban-worker zhuanban-web"}
START=${START:-"sudo systemctl start zhuanban-web zhuanban-worker"}
zhuanban=.venv/bin/zhuanban
before=$(git rev-parse HEAD)
kept=""

say() { echo "== $*" >&2; }

way_back() {
    status=$?
    [ "$status" -eq 0 ] && return
    say "not finished (status $status). What runs now is what ran before this step."
    if [ -n "$kept" ]; then
        say "To go back: git checkout $before && python3 tools/setup.py --production"
        say "  and, if the tables were changed already: $zhuanban restore $kept --into DIR (empty), keys from secrets/ into it, then serve DIR."
    fi
}
trap way_back EXIT

[ -z "$(git status --porcelain --untracked-files=no)" ] || { say "files of the checkout were changed by hand; keep them elsewhere first"; exit 2; }
git rev-parse --verify --quiet "$ref^{commit}" >/dev/null || { say "there is no version $ref here; git fetch first"; exit 2; }

say "1/7 backup"
kept=$($zhuanban backup)
say "    $kept"
say "2/7 verify the record"
$zhuanban trail verify --deep
say "3/7 stop"
$STOP
say "4/7 code of $ref"
git checkout --quiet "$ref"
say "5/7 set up"
python3 tools/setup.py --production
say "6/7 bring the tables up to date, and verify"
# The doctor's findings are for its reader; what must be well is the record.
$zhuanban doctor || say "    the doctor has findings, see above"
$zhuanban trail verify --deep
say "7/7 start"
$START
say "done: $before -> $(git rev-parse HEAD); the backup is $kept"
