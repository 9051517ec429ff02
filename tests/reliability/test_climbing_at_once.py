"""Two ticks at once over one database: each overdue matter climbs one level, once, and the record stays whole."""

import json
import time

from tests.reliability.conftest import Workspace

MATTERS, TICKS = 12, 2

PREPARE = f"""
from datetime import datetime, date
from django.utils import translation
from zhuanban.kit import clock
from zhuanban.matters.tests.story import accepted
from zhuanban.people.tests.cast import cast
with translation.override("zh-hans"), clock.pinned(datetime(2023, 9, 19, 9, tzinfo=clock.SHANGHAI)):
    people = cast()
    for number in range({MATTERS}):
        accepted(people, title=f"matter {{number}}")
"""

TICK = """
import sys
import time
from datetime import datetime
from pathlib import Path
from zhuanban.kit import clock
from zhuanban.matters.services import climb_overdue_matters
folder, own = Path(sys.argv[1]), sys.argv[2]
(folder / f"ready{own}").touch()
while not (folder / "go").exists():
    time.sleep(0.002)
with clock.pinned(datetime(2023, 10, 9, 0, 1, tzinfo=clock.SHANGHAI)):
    print(climb_overdue_matters())
"""

FACTS = """
import json
from zhuanban.matters.models import Matter, MatterEscalation, MatterEvent
print(json.dumps({
    "levels": sorted(set(Matter.objects.values_list("level", flat=True))),
    "days": sorted({day.isoformat() for day in Matter.objects.values_list("level_due_on", flat=True)}),
    "escalations": MatterEscalation.objects.count(), "steps": MatterEvent.objects.filter(verb="escalate").count(),
}))
"""


def test_ticks_at_once_climb_every_matter_once(workspace: Workspace) -> None:
    prepared = workspace.script(PREPARE)
    assert prepared.returncode == 0, prepared.stderr[-2000:]
    running = [workspace.start(TICK, str(workspace.folder), str(number)) for number in range(TICKS)]
    while not all((workspace.folder / f"ready{number}").exists() for number in range(TICKS)):
        assert all(each.poll() is None for each in running)
        time.sleep(0.01)
    (workspace.folder / "go").touch()
    said = [each.communicate() for each in running]
    assert [each.returncode for each in running] == [0] * TICKS, said
    assert sum(int(out.split()[1]) for out, _ in said) == MATTERS
    facts = json.loads(workspace.script(FACTS).stdout)
    assert facts == {"levels": [2], "days": ["2023-10-12"], "escalations": MATTERS, "steps": MATTERS}
    verified = json.loads(workspace.command("trail", "verify", "--deep", "--json").stdout)
    assert verified["findings"] == []
