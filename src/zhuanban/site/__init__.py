"""Composition: settings, urls, command line, navigation, the tick and the demo; no business rule.

Importing this package puts the ``pysqlite3`` wheel under the names ``sqlite3`` and ``sqlite3.dbapi2`` before Django
loads, because stock SQLite up to 3.51.2 can lose data in WAL mode. Where the wheel does not exist the standard
library's SQLite is used, and the start-up gate then picks the DELETE journal.
"""

import sys


def _prefer_pysqlite3() -> None:
    try:
        import pysqlite3
        import pysqlite3.dbapi2
    except ImportError:
        return
    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2


_prefer_pysqlite3()
