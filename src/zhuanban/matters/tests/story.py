"""Bringing a matter of the commerce office into a state, for the tests of this room and those above."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection

from zhuanban.files.tests.pictures import picture
from zhuanban.matters import services
from zhuanban.matters.models import Matter
from zhuanban.people.tests.cast import Cast

MONDAY = datetime(2023, 7, 24, 1, 0, tzinfo=UTC)
"""24 July 2023, 09:00 in Shanghai."""


def registered(people: Cast, **values: Any) -> Matter:
    """A new problem of the commerce office, registered by its clerk."""
    given: dict[str, Any] = {
        "by": people.commerce_clerk,
        "title": "临时用电不足",
        "description": "二期厂房吊装用电不足。",
        "group_id": people.group5.pk,
        "unit_id": people.commerce.pk,
        "source": "visit",
    }
    return services.register_matter(**{**given, **values})


def accepted(people: Cast, **values: Any) -> Matter:
    matter = registered(people, **values)
    return services.accept_matter(matter_id=matter.pk, by=people.office_head, version=matter.version)


def assigned(people: Cast, **values: Any) -> Matter:
    matter = accepted(people, **values)
    return services.assign_matter(matter_id=matter.pk, by=people.office_head, version=matter.version)


def signed(people: Cast, *, signer: str = "commerce_clerk", **values: Any) -> Matter:
    matter = assigned(people, **values)
    return services.sign_matter(matter_id=matter.pk, by=people.viewers[signer], version=matter.version)


def in_progress(people: Cast, **values: Any) -> Matter:
    matter = signed(people, **values)
    return services.note_progress(
        matter_id=matter.pk, by=people.commerce_clerk, version=matter.version, text="已联系供电公司。"
    )


def resolved(people: Cast, **values: Any) -> Matter:
    matter = in_progress(people, **values)
    return services.resolve_matter(
        matter_id=matter.pk, by=people.commerce_clerk, version=matter.version, text="已送电。", attachments=[picture()]
    )


def reviewed(people: Cast, **values: Any) -> Matter:
    matter = resolved(people, **values)
    return services.review_matter(matter_id=matter.pk, by=people.office_head, version=matter.version, text="现场属实。")


def visited(people: Cast, **values: Any) -> Matter:
    matter = reviewed(people, **values)
    return services.visit_matter(
        matter_id=matter.pk,
        by=people.office_head,
        version=matter.version,
        text="电话回访，已通电。",
        satisfaction="satisfied",
    )


def struck_off(people: Cast, **values: Any) -> Matter:
    matter = visited(people, **values)
    return services.strike_off_matter(matter_id=matter.pk, by=people.office_head, version=matter.version)


def long_term(people: Cast, **values: Any) -> Matter:
    matter = in_progress(people, **values)
    return services.move_matter(
        "make_long_term", matter_id=matter.pk, by=people.office_head, version=matter.version, text="待上级规划批复。"
    )


def rejected(people: Cast, **values: Any) -> Matter:
    matter = registered(people, **values)
    return services.move_matter(
        "reject", matter_id=matter.pk, by=people.office_head, version=matter.version, text="属民事纠纷，已告知。"
    )


STATES = {
    "submitted": registered,
    "accepted": accepted,
    "assigned": assigned,
    "signed": signed,
    "in_progress": in_progress,
    "long_term": long_term,
    "rejected": rejected,
    "resolved": resolved,
    "reviewed": reviewed,
    "visited": visited,
    "struck_off": struck_off,
}


def in_threads(count: int, act: Callable[[], None]) -> None:
    """Run ``act`` in several threads at once, each on its own connection."""
    if connection.vendor == "sqlite":
        pytest.skip("the tests' SQLite lives in memory and has one connection; tests/reliability has the file")

    def run() -> None:
        try:
            act()
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
