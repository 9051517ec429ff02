"""Every confidential text of the demo holds a word of its own; nobody's answers hold a word that is not his to read.

What a persona may read is worked out here from his grants, row by row, without the product's predicates. Bodies are
searched, Word and Excel files after unpacking.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from zhuanban.alerts.models import Alert, AlertEvent
from zhuanban.filings.models import Filing, FrozenFiling
from zhuanban.matters.models import Matter, MatterEvent, MatterEvidence
from zhuanban.people.access import Scope, viewer_of
from zhuanban.people.models import DataClass, Grant, User
from zhuanban.trail import guard

TOKEN = re.compile(r"ZQ[AMF]\d{5}[a-z]+ZQ")

Owner = tuple[int | None, tuple[int | None, ...], int]
"""The group, the units by any of which a text may be read, and its data class."""


def token(kind: str, pk: int, field: str) -> str:
    return f"ZQ{kind}{pk:05d}{field.replace('_', '')}ZQ"


def _plant() -> dict[str, Owner]:
    """Write a word of its own into every free text of alerts, matters and filings; returns word prefix → owner."""
    owners: dict[str, Owner] = {}
    with guard.writes_open():
        # The demo's rights reach the first three data classes; the head of the task force reads personal data too.
        Grant.objects.filter(role="chief").update(data_class=DataClass.PERSONAL)
        for alert in Alert.objects.all():
            owners[f"A{alert.pk:05d}"] = (alert.group_id, (alert.unit_id,), 2)
            for field in ("cause", "measure", "close_reason"):
                if getattr(alert, field):
                    setattr(alert, field, token("A", alert.pk, field))
            alert.save()
            for number, event in enumerate(AlertEvent.objects.filter(alert=alert)):
                if event.text_zh:
                    event.text_zh = event.text_en = token("A", alert.pk, f"event{'abcdefghij'[number % 10]}")
                    event.save()
        for matter in Matter.objects.all():
            # Every data class in turn.
            matter.data_class = matter.pk % 4 + 1
            owners[f"M{matter.pk:05d}"] = (matter.group_id, (matter.unit_id, matter.territory_id), matter.data_class)
            for field in ("title", "description", "source"):
                setattr(matter, field, token("M", matter.pk, field))
            matter.save()
            MatterEvent.objects.filter(matter=matter).exclude(text="").update(text=token("M", matter.pk, "event"))
        for filing in Filing.objects.all():
            owners[f"F{filing.pk:05d}"] = (filing.group_id, (filing.unit_id,), 2)
            filing.comment = token("F", filing.pk, "comment")
            filing.save()
            FrozenFiling.objects.filter(filing=filing, sent_back_at__isnull=False).update(
                send_back_reason=token("F", filing.pk, "back")
            )
            FrozenFiling.objects.filter(filing=filing, received_at__isnull=False).update(
                receive_remark=token("F", filing.pk, "remark")
            )
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM trail_pending")
    return owners


def _may_read(scope: Scope, owner: Owner) -> bool:
    group, units, data_class = owner
    held = [unit for at, unit in enumerate(units) if at == 0 or unit is not None]
    return any(
        (of_group is None or of_group == group) and (of_unit is None or of_unit in held)
        for of_group, of_unit in scope.at(data_class).alternatives
    )


VIEW_OF = {"A": "alerts.view", "M": "matters.view", "F": "filings.view"}


def _addresses() -> Iterator[str]:
    yield from ("/", "/board/", "/board/export.xlsx", "/board/import/", "/matters/", "/matters/?state=all", "/alerts/", "/filings/?month=2023-06")
    yield from ("/filings/calendar/", "/filings/timeliness/", "/filings/week/", "/filings/consolidated/?month=2023-06", "/filings/consolidated/1/")
    yield from ("/matters/?q=ZQM", "/matters/register/", "/reports/monthly/", "/reports/monthly/download/?month=2023-06", "/filings/verify/")
    yield reverse("matters:export")
    yield from ("/changes/", "/changes/?days=30", "/overview/")
    yield from ("/search/?q=ZQ", "/search/?q=zqm&part=box")
    yield from ("/audit/", "/audit/export.xlsx", "/organisation/handovers/", "/organisation/structure/", "/accounts/")
    yield from (reverse("alerts:alert", args=[pk]) for pk in Alert.objects.values_list("pk", flat=True))
    yield from (reverse("matters:matter", args=[number]) for number in Matter.objects.values_list("number", flat=True))
    for evidence in MatterEvidence.objects.select_related("event__matter"):
        yield reverse("matters:evidence", args=[evidence.event.matter.number, evidence.pk])
    yield from (reverse("filings:filing", args=[pk]) for pk in Filing.objects.values_list("pk", flat=True))
    for frozen in FrozenFiling.objects.all():
        yield reverse("filings:signed_version", args=[frozen.filing_id, frozen.number])


def _text_of(response: Any) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    parts = [str(dict(response.headers)), content.decode("utf-8", "replace")]
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts += [archive.read(name).decode("utf-8", "replace") for name in archive.namelist()]
    return "".join(parts)


def _owned(address: str) -> tuple[str, str]:
    """The kind and the key of the thing an address names, or empty."""
    for kind, pattern in (("A", r"/alerts/(\d+)/"), ("F", r"/filings/(\d+)/"), ("M", r"/matters/(\d{4}-\d+)/")):
        if found := re.match(pattern, address):
            return kind, found.group(1)
    return "", ""


def _weekly() -> dict[str, set[int | None]]:
    """The units that read each weekly filing whatever the group: whose it is and to whom it goes."""
    found = Filing.objects.filter(week__gt=0).values_list("pk", "unit_id", "owed_to_id")
    return {f"F{pk:05d}": {unit, owed_to} - {None} for pk, unit, owed_to in found}


@pytest.mark.parametrize("half", [0, pytest.param(1, marks=pytest.mark.whole_proof)])
def test_no_persona_reads_a_word_of_somebody_elses_alerts_matters_or_filings(
    demo: Path, half: int, record_property: Any
) -> None:
    owners = _plant()
    weekly = _weekly()
    # Nobody wrote anything yet: no page has a place for these words.
    silent = {f"F{pk:05d}" for pk in Filing.objects.filter(state="due").values_list("pk", flat=True)}
    numbers = dict(Matter.objects.values_list("number", "pk"))
    addresses = list(_addresses())
    leaks: list[str] = []
    read: set[str] = set()
    readable: set[str] = set()
    for user in list(User.objects.order_by("username"))[half::2]:
        viewer = viewer_of(user)
        allowed = {
            key for key, owner in owners.items() if _may_read(viewer.scope(VIEW_OF[key[0]]), owner)
        }
        own_units = {unit for _group, unit in viewer.scope("filings.view").alternatives}
        allowed |= {key for key, units in weekly.items() if units & own_units}
        readable |= allowed - silent
        client = Client(raise_request_exception=False)
        client.force_login(user)
        for address in addresses:
            answer = client.get(address)
            words = {each[2:8] for each in TOKEN.findall(_text_of(answer))}
            read |= words
            if words - allowed:
                leaks.append(f"{user.username} {address}: {sorted(words - allowed)[:5]}")
            kind, key = _owned(address)
            if kind:
                mine = f"{kind}{numbers[key] if kind == 'M' else int(key):05d}" in allowed
                if (answer.status_code == 200) != mine:
                    leaks.append(f"{user.username} {address}: {answer.status_code}, allowed {mine}")
    record_property("answers_searched", len(addresses) * len(User.objects.order_by("username")[half::2]))
    assert leaks == []
    assert len(read) > len(readable) // 2, "the words were hardly shown to anybody, so nothing is proved"


#  What a chief or a leader may order at all: never a value of an indicator.
_FIGURE_ROUTES = ("indicators:publish", "indicators:confirm", "indicators:cancel", "indicators:lock", "indicators:imports")


def test_no_route_lets_a_leader_or_the_chief_change_a_figure(demo: Path) -> None:
    from zhuanban.indicators.models import Figure, ImportBatch, PeriodLock

    def counted() -> tuple[int, int, int]:
        return Figure.objects.count(), ImportBatch.objects.count(), PeriodLock.objects.count()

    before = counted()
    batch = ImportBatch.objects.order_by("pk").first()
    assert batch is not None
    for username in ("chief", "leader"):
        client = Client(raise_request_exception=False)
        client.force_login(User.objects.get(username=username))
        for name in _FIGURE_ROUTES:
            address = reverse(name, args=[batch.pk] if name.split(":")[1] in ("publish", "confirm", "cancel") else [])
            body = {"zb_key": "k" * 20, "version": batch.version, "answer": "x", "year": 2023, "month": 6, "reason": "x"}
            assert client.post(address, body).status_code == 404, (username, name)
    assert counted() == before
