"""kill -9 in the middle of publishing: a sheet counts whole or not at all, and the chain holds.

The import command runs in a forked child. A second connection watches when the child holds the write lock: first an
undisturbed child shows how long each of its transactions lasts, then every other child is stopped at a random instant
of one of them and killed. Only kills that hit an open write transaction prove anything, so their number is counted.
``ZHUANBAN_KILLS`` asks for another number of them than the usual fifteen, or forty in the whole proof.
"""

import json
import os
from pathlib import Path
from typing import Any

from tests.reliability.conftest import Workspace

KILLS = int(os.environ.get("ZHUANBAN_KILLS") or (40 if os.environ.get("ZHUANBAN_TESTS") == "full" else 15))

DRIVER = """
import json, os, random, signal, sqlite3, sys, time
from pathlib import Path
from django.db import connection
from zhuanban.kit import workspace
from zhuanban.site import cli
from zhuanban.site.commands import data, packs  # loaded before forking, as a running product has them
import zhuanban.indicators.services

folder, kills = Path(sys.argv[1]), int(sys.argv[2])
ROWS = [(year, month) for year in range(2006, 2021) for month in range(3, 13)]

def sheet(turn):
    path = folder / f"sheet{turn}.csv"
    head = "年,month_from,month_to,指标,数值,单位,同比\\n"
    path.write_text(head + "".join(
        f"{year},1,{month},社会消费品零售总额,{1000 + month * 10 + turn},亿元,{turn / 10 + 1}\\n" for year, month in ROWS
    ), encoding="utf-8")
    return path

def child(turn):
    connection.close()
    pid = os.fork()
    if pid:
        return pid
    quiet = os.open(str(folder / "out.txt"), os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(quiet, 1); os.dup2(quiet, 2)
    code = 99
    try:
        code = cli.main(["import", "figures", str(sheet(turn)), "--answer", "按原表"])
    finally:
        os._exit(code)

if connection.vendor == "postgresql":
    import psycopg
    watcher = psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)

def stored():
    if connection.vendor == "postgresql":
        return watcher.execute("SELECT COUNT(*) FROM indicators_figure").fetchone()[0]
    # Not read-only: the first reader after a crash rolls back what the journal says.
    looking = sqlite3.connect(workspace.database_path(), timeout=20)
    count = looking.execute("SELECT COUNT(*) FROM indicators_figure").fetchone()[0]
    looking.close()
    return count

def holds_the_write_lock():
    if connection.vendor == "postgresql":
        # A transaction has a number once it has written.
        writing = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND backend_xid IS NOT NULL"
        return watcher.execute(writing + " AND pid <> pg_backend_pid()").fetchone() is not None
    probe = sqlite3.connect(workspace.database_path(), isolation_level=None, timeout=0)
    try:
        probe.execute("BEGIN IMMEDIATE")
        probe.rollback()
        return False
    except sqlite3.OperationalError:
        return True
    finally:
        probe.close()

def transactions(pid):
    # How long each write transaction of an undisturbed child lasts, in seconds, in their order.
    lasted, since, ended = [], None, 0
    while not ended:
        held = holds_the_write_lock()
        if held and since is None:
            since = time.monotonic()
        elif not held and since is not None:
            lasted.append(time.monotonic() - since)
            since = None
        time.sleep(0.0005)
        ended, status = os.waitpid(pid, os.WNOHANG)
    assert status == 0, (folder / "out.txt").read_text()
    return lasted

def wait_for(pid, number):
    # Comes back inside the child's write transaction of that number; False where the child ended before it.
    seen, held = 0, False
    while not os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT):
        before, held = held, holds_the_write_lock()
        seen += held and not before
        if seen > number:
            return True
        time.sleep(0.0005)
    return False

# The shortest of three: a child that something else held up would let us aim behind the end of the others.
measured = [transactions(child(turn)) for turn in (0, 1001, 1002)]
lasting = [min(each) for each in zip(*measured)]
whole = stored()
assert whole == 3 * len(ROWS), whole
draw = random.Random("kill")
half = hits = finished = 0
for kill in range(1, kills + 1):
    pid = child(kill)
    # The longest transaction publishes; every second kill aims at it, the others at any.
    longest = lasting.index(max(lasting))
    aim = longest if kill % 2 else draw.randrange(len(lasting))
    if wait_for(pid, aim):
        time.sleep(lasting[aim] * draw.uniform(0, 0.9))
    if os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT):
        finished += 1
    else:
        os.kill(pid, signal.SIGSTOP)
        hits += holds_the_write_lock()
        os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    half += stored() % len(ROWS) != 0
print(json.dumps({"kills": kills, "half": half, "hits": hits, "finished": finished, "stored": stored(), "lasting": lasting}))
"""


def test_kills_in_the_middle_leave_no_half_sheet_and_a_clean_chain(
    workspace: Workspace, tmp_path: Path, record_property: Any
) -> None:
    applied = workspace.command("pack", "apply", "anshan-2023")
    assert applied.returncode == 0, applied.stderr
    done = workspace.script(DRIVER, str(tmp_path), str(KILLS))
    assert done.returncode == 0, done.stderr[-3000:]
    found = json.loads(done.stdout)
    record_property("kills", found)
    assert found["half"] == 0
    assert found["hits"] >= KILLS // 2, found
    verified = workspace.command("trail", "verify", "--deep")
    assert verified.returncode == 0, verified.stdout + verified.stderr
