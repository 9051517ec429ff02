"""Backups: one file per backup, made while the site runs, checked by restoring it.

``making`` writes them, ``restoring`` reads them, ``archive`` knows the form of the file, ``snapshots`` the databases,
``sealing`` the encryption and ``keys`` the two secrets, which never stand in a backup.
"""
