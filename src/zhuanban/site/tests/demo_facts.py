"""What a demo workspace holds and shows, as JSON: run over the workspace that ``ZHUANBAN_WORKSPACE`` names."""

import hashlib
import json
import os
import sys
from datetime import timedelta
from typing import Any

PAGES = (
    "/", "/board/", "/board/fai/", "/board/import/", "/alerts/", "/matters/", "/matters/2023-0001/", "/filings/",
    "/reports/monthly/",
)  # fmt: skip


def facts() -> dict[str, Any]:
    from zhuanban.indicators.queries import newest_month
    from zhuanban.kit import clock, workspace
    from zhuanban.people.access import system_viewer
    from zhuanban.trail import queries as trail

    starts_at = workspace.config().clock.starts_at  # type: ignore[union-attr]
    return {
        "content": {name: _digest(rows) for name, rows in _content().items()},
        "counts": {name: len(rows) for name, rows in _content().items()},
        "waiting": _waiting(),
        "work": _work(),
        "everything": _everything(),
        "states": _states(),
        "unmarked": _unmarked(),
        "newest_month": list(newest_month(viewer=system_viewer("test"), as_known=None)),
        "starts_at": starts_at.isoformat(),
        "runs": clock.now() > starts_at,
        "clean": trail.verify(deep=True).is_clean,
        "stopped": _stopped(),
    }


def _content() -> dict[str, list[str]]:
    from zhuanban.alerts.models import AlertEvent
    from zhuanban.files.models import Attachment
    from zhuanban.filings.models import FrozenFiling
    from zhuanban.indicators.models import Figure
    from zhuanban.matters.models import MatterEvent

    columns = {
        "figures": (Figure, ("indicator__code", "place__code", "year", "first_month", "last_month", "status", "level",
                             "growth_pct", "known_at")),
        "alerts": (AlertEvent, ("alert__indicator__code", "alert__state", "verb", "at", "by_post", "text_zh", "text_en")),
        "matters": (MatterEvent, ("matter__number", "matter__due_on", "verb", "at", "by_post", "text", "state")),
        "evidence": (Attachment, ("sha256", "original_name", "uploaded_at")),
        "filings": (FrozenFiling, ("filing__unit__code", "filing__month", "number", "body", "is_late", "received_at")),
    }  # fmt: skip
    return {
        name: sorted(str(row) for row in model.objects.values_list(*names))  # type: ignore[attr-defined]
        for name, (model, names) in columns.items()
    }


def _digest(rows: list[str]) -> str:
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()


def _everything() -> dict[str, list[str]]:
    """Every state that there is."""
    from zhuanban.alerts.models import Alert
    from zhuanban.filings.models import Extension, Filing
    from zhuanban.matters.ledgers.problem import LEDGER

    return {
        "alerts": sorted(Alert.State.values),
        "matters": sorted(state.key for state in LEDGER.states),
        "filings": sorted(Filing.State.values),
        "extensions": sorted(Extension.State.values),
        "request_kinds": sorted(request.key for request in LEDGER.requests),
    }


def _waiting() -> dict[str, int]:
    from zhuanban.people.access import viewer_of
    from zhuanban.people.models import User
    from zhuanban.site import workbench

    return {user.username: workbench.facts(viewer_of(user))["count"] for user in User.objects.all()}


def _states() -> dict[str, Any]:
    from zhuanban.alerts.models import Alert
    from zhuanban.filings.models import Extension, Filing, FrozenFiling, UnitReminder
    from zhuanban.matters.models import Matter, MatterRequest

    june = Filing.objects.filter(year=2023, month=6).values_list("state", flat=True)
    return {
        "alerts": sorted(set(Alert.objects.values_list("state", flat=True))),
        "matters": sorted(set(Matter.objects.values_list("state", flat=True))),
        "open_before_june": Alert.objects.filter(last_month__lt=5, state="open").count(),
        "june": sorted(june),
        "late": FrozenFiling.objects.filter(is_late=True).count(),
        "filings": sorted(set(Filing.objects.values_list("state", flat=True))),
        "weekly": sorted(set(Filing.objects.filter(week__gt=0).values_list("state", flat=True))),
        "extensions": sorted(set(Extension.objects.values_list("state", flat=True))),
        "requests": sorted({"lapsed" if each.lapsed else "waiting" if each.granted is None else str(each.granted) for each in _requests()}),
        "request_kinds": sorted(set(MatterRequest.objects.values_list("kind", flat=True))),
        "reminded": list(UnitReminder.objects.values_list("unit__code", flat=True)),
        "due_today": Matter.objects.filter(due_on="2023-07-24", closed_at=None).count(),
    }


def _requests() -> Any:
    from django.db.models import BooleanField, Case, Value, When

    from zhuanban.matters.models import MatterRequest

    lapsed = Case(When(answered__verb__startswith="lapse_", then=Value(True)), default=Value(False), output_field=BooleanField())
    return MatterRequest.objects.annotate(lapsed=lapsed)


def _work() -> dict[str, Any]:
    """What each account finds on its first page: to-dos, news, and the pages its rail leads to."""
    from django.test import Client

    from zhuanban.people.access import viewer_of
    from zhuanban.people.models import User
    from zhuanban.site import workbench

    found = {}
    for user in User.objects.all():
        client = Client()
        client.force_login(user)
        shown = workbench.facts(viewer_of(user))
        news = shown["news"]
        found[user.username] = {
            "todos": shown["count"],
            "dead_ends": [todo.url for band in shown["bands"] for todo in band["todos"] if client.get(todo.url.partition("#")[0]).status_code != 200],
            "news": len(news["changes"]) if news else None,
            "dead_news": [each.url for each in news["changes"] if client.get(each.url.partition("#")[0]).status_code != 200] if news else [],

        }
    return found


def _client() -> Any:
    from django.test import Client

    from zhuanban.people.models import User

    client = Client()
    client.force_login(User.objects.get(username="statistician"))
    return client


def _unmarked() -> list[str]:
    """Pages with data that do not say that the data are invented."""
    client = _client()
    return [page for page in PAGES if "演示数据" not in client.get(page).content.decode()]


def _stopped() -> bool:
    """Whether the page of a demo whose clock has run out says so; asked last, it ends the demo's days."""
    from dataclasses import replace

    from zhuanban.kit import clock, workspace

    config = workspace.config()
    assert config.clock is not None
    workspace.write_config(replace(config, clock=replace(config.clock, built_at=config.clock.built_at - timedelta(60))))
    assert clock.now() == config.clock.stops_at
    return "演示时钟" in _client().get("/").content.decode()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhuanban.site.settings")
    import django
    from django.utils import translation

    django.setup()
    with translation.override("zh-hans"):
        sys.stdout.write(json.dumps(facts(), ensure_ascii=False))
