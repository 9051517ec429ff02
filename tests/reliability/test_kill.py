"""kill -9 in the middle of publishing: a sheet counts whole or not at all, and the chain holds.

The import command runs in a forked child that is stopped at a random instant; a second connection then looks whether
it holds the write lock, and the child is killed. Only kills that hit an open write transaction prove anything, so
their number is part of the result.
"""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from tests.reliability.conftest import Workspace

KILLS = 40

DRIVER = """
import json, os, random, signal, sqlite3, sys, time
from pathlib import Path
from django.db import connection
from zhuanban.kit import workspace
from zhuanban.site import cli
from zhuanban.site.commands import data, packs  # loaded before forking, as a running product has them
import zhuanban.indicators.services

folder, kills = Path(sys.argv[1]), int(sys.argv[2])
ROWS = [(year, month) for year in range(2015, 2021) for month in range(3, 13)]

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

def stored():
    # Not read-only: the first reader after a crash rolls back what the journal says.
    looking = sqlite3.connect(workspace.database_path(), timeout=20)
    count = looking.execute("SELECT COUNT(*) FROM indicators_figure").fetchone()[0]
    looking.close()
    return count

def holds_the_write_lock():
    probe = sqlite3.connect(workspace.database_path(), isolation_level=None, timeout=0)
    try:
        probe.execute("BEGIN IMMEDIATE")
        probe.rollback()
        return False
    except sqlite3.OperationalError:
        return True
    finally:
        probe.close()

began = time.monotonic()
assert os.waitpid(child(0), 0)[1] == 0, (folder / "out.txt").read_text()
took = time.monotonic() - began
whole = stored()
assert whole == len(ROWS), whole
draw = random.Random("kill")
half = hits = finished = 0
kill = 0
while kill < kills:
    kill += 1
    pid = child(kill)
    # From a random instant on, wait for the next transaction; then a random instant inside or shortly after it.
    time.sleep(took * draw.uniform(0.3, 0.95))
    ended = 0
    while not ended and not holds_the_write_lock():
        time.sleep(0.001)
        ended = os.waitpid(pid, os.WNOHANG)[0]
    time.sleep(draw.uniform(0, 0.02))
    if ended or os.waitpid(pid, os.WNOHANG)[0]:
        finished += 1
    else:
        os.kill(pid, signal.SIGSTOP)
        hits += holds_the_write_lock()
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
    half += stored() % len(ROWS) != 0
print(json.dumps({"kills": kills, "half": half, "hits": hits, "finished": finished, "stored": stored(), "took": took}))
"""


@pytest.mark.skipif(os.environ.get("DATABASE_URL", "").startswith("postgres"), reason="kills the writer of a SQLite file")
def test_forty_kills_leave_no_half_sheet_and_a_clean_chain(
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
