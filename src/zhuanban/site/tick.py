"""The tick: every minute it asks each room what time has made due. Every step is idempotent by a natural key."""

import logging
from collections.abc import Callable

from zhuanban.alerts import services as alerts
from zhuanban.filings import services as filings
from zhuanban.kit import drafts, idempotency, tries
from zhuanban.kit.registries import Registry
from zhuanban.matters import services as matters
from zhuanban.people.services import forget_old_notices
from zhuanban.site import housekeeping, mailing, sessions, system
from zhuanban.site.backups import making
from zhuanban.trail import queries as trail

log = logging.getLogger(__name__)

Step = Callable[[], object]

steps: Registry[Step] = Registry()
"""What the tick does, in order; filled in the site's ``apps.py``."""


def tick() -> dict[str, str]:
    """Run every step once; a failing step is logged and does not stop the others. Returns step → outcome."""
    outcome: dict[str, str] = {}
    for step in steps:
        name = f"{step.__module__}.{getattr(step, '__name__', 'step')}"
        try:
            outcome[name] = str(step())
        except Exception:
            log.exception("tick step %s failed", name)
            outcome[name] = "failed"
    return outcome


def register_steps() -> None:
    """The steps of the lower rooms, in the order in which they depend on each other."""
    steps.add("alerts", alerts.evaluate_newest_months, position=300)
    steps.add("alerts.deadlines", alerts.evaluate_deadlines_now, position=420)
    steps.add("matters.paused", matters.resume_paused_matters, position=345)
    steps.add("matters", matters.climb_overdue_matters, position=350)
    steps.add("filings", filings.owe_filings_now, position=400)
    steps.add("filing_reminders", filings.remind_units_now, position=410)
    steps.add("anchor", trail.anchor_head, position=900)
    steps.add("form_keys", idempotency.forget_old, position=910)
    steps.add("drafts", drafts.forget_old, position=915)
    steps.add("tries", tries.forget_old, position=917)
    steps.add("sessions", sessions.forget_old, position=920)
    steps.add("notices", forget_old_notices, position=922)
    steps.add("mail", mailing.send_digests, position=940)
    steps.add("statistics", housekeeping.refresh_statistics, position=925)
    steps.add("tasks", system.forget_done, position=930)
    steps.add("backup", making.nightly, position=950)
