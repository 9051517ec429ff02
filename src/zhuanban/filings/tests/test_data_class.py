"""A filing leaves out what is more confidential than internal, whoever compiles it."""

from datetime import date, timedelta

import pytest

from zhuanban.filings.models import Filing
from zhuanban.filings.services.snapshot import snapshot
from zhuanban.kit import clock
from zhuanban.matters import services as matters
from zhuanban.people.models import DataClass
from zhuanban.people.tests.cast import Cast, cast
from zhuanban.trail.services import Actor, work

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.mark.parametrize(("data_class", "printed"), [(1, True), (2, True), (3, False)])
def test_what_is_more_than_internal_stands_in_no_filing(people: Cast, data_class: int, printed: bool) -> None:
    matter = matters.register_matter(
        by=people.office_head, title="企业经营困难", description="涉及企业财务数据。", source="企业走访",
        group_id=people.group5.pk, unit_id=people.commerce.pk, data_class=DataClass(data_class),
    )  # fmt: skip
    today, day = clock.today(), date(clock.today().year, 12, 31)
    with work(Actor("system", "test", "test"), "filing"):
        filing = Filing.objects.create(
            cadence="monthly", year=today.year, month=today.month, group=people.group5, unit=people.commerce,
            due_on=day, due_nominal_on=day, late_on=day + timedelta(days=1), lock_on=day + timedelta(days=9),
        )  # fmt: skip
    numbers = [row["number"] for row in snapshot(filing, clock.now())["matters"]]
    assert numbers == ([matter.number] if printed else [])
