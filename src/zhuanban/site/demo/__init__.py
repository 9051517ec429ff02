"""The demo workspace: the Anshan pack's structure under fictitious names, filled by the product's own services.

Its business clock stands at 2023-07-24 09:00 Shanghai time when it is built, runs on, and stops at 2023-08-31.
"""

from collections.abc import Callable
from datetime import date, datetime

from django.db import connection
from django.utils import translation

from zhuanban.kit import clock, events, workspace
from zhuanban.kit.workspace import BusinessClock, WorkspaceConfig
from zhuanban.people.access import system_viewer
from zhuanban.plans.packs import builtin_folder, load_pack
from zhuanban.plans.services import apply_pack
from zhuanban.site import workspaces
from zhuanban.site.demo import accounts, history, names, story, targets, territories
from zhuanban.site.demo.cast import Cast
from zhuanban.trail import queries as trail

STARTS_AT = datetime(2023, 7, 24, 9, 0, tzinfo=clock.SHANGHAI)
STOPS_AT = datetime(2023, 8, 31, 0, 0, tzinfo=clock.SHANGHAI)


def build(say: Callable[[str], None]) -> tuple[accounts.DemoAccount, ...]:
    """Make the demo in the chosen, empty workspace; returns its accounts. Runs outside any other work."""
    config = WorkspaceConfig(names.ZONE_ZH, names.ZONE_EN, is_demo=True)
    workspaces.make(config)
    builder = system_viewer("演示数据 demo builder")
    with translation.override("zh-hans"), _unsynchronised():
        with clock.pinned(datetime(2020, 1, 2, 9, 0, tzinfo=clock.SHANGHAI)):
            pack = load_pack(builtin_folder("anshan-2023"))
            apply_pack(pack, by=builder, zone_names=names.ZONE_NAMES, since=date(2020, 1, 1))
            accounts.create(builder)
            history.add_tenth_peer(builder)
            targets.put_in_force(builder)
            territories.answer(builder)
            cast = Cast()
        say("structure and accounts ready")
        people = story.Story(cast)
        history.publish_years(cast.statistician, cast.reviewer, people)
        say("three years of figures published")
        people.end(STARTS_AT)
        say("months of work done")
    with clock.pinned(STARTS_AT):
        events.drain()
        trail.anchor_head()
    built_at = clock.real_now()
    workspace.write_config(
        WorkspaceConfig(names.ZONE_ZH, names.ZONE_EN, is_demo=True, clock=BusinessClock(STARTS_AT, built_at, STOPS_AT))
    )
    accounts.write_list()
    return accounts.ACCOUNTS


class _unsynchronised:  # noqa: N801  (reads as a statement)
    """On SQLite, do not wait for the disk while building: a demo that was interrupted is built anew."""

    def __enter__(self) -> None:
        self._set("OFF")

    def __exit__(self, *_: object) -> None:
        self._set("FULL")

    def _set(self, level: str) -> None:
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute(f"PRAGMA synchronous={level}")
