"""A certificate number read from paper: what it belongs to, and whether the frozen text still matches."""

import hashlib

import pytest
from django.db import connection, transaction

from zhuanban.filings import queries
from zhuanban.filings.models import FrozenFiling
from zhuanban.filings.tests.story import begin, signed
from zhuanban.people.access import Viewer
from zhuanban.people.tests.cast import Cast
from zhuanban.trail import guard
from zhuanban.trail.queries import entry_certificate

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    built = begin()
    signed(built)
    return built


def outcome(viewer: Viewer, text: str) -> str:
    return queries.verify_certificate(viewer=viewer, text=text).outcome


def past_the_product(sql: str, *values: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor, guard.writes_open():
        cursor.execute(sql, values)


def test_the_auditor_learns_whose_filing_it_is_but_gets_no_way_to_its_content(people: Cast) -> None:
    number = FrozenFiling.objects.get().certificate
    check = queries.verify_certificate(viewer=people.auditor, text=number)
    assert (check.outcome, check.unit_zh, check.number) == ("intact", "商务办", 1)
    assert check.covered is not None
    assert (check.covered.key, check.filing_id) == ("2023-06", None)
    assert queries.verify_certificate(viewer=people.chief, text=number).filing_id is not None


def test_small_letters_spaces_full_width_and_missing_dashes_are_forgiven(people: Cast) -> None:
    number = FrozenFiling.objects.get().certificate
    wide = "".join(chr(ord(char) + 0xFEE0) for char in number)
    for text in (number.lower(), f" {number[:5]} {number[5:]} ", number.replace("-", ""), number.replace("-", "—"), wide):
        assert outcome(people.auditor, text) == "intact"


def test_a_text_changed_past_the_product_is_found_even_with_its_own_hash_changed_too(people: Cast) -> None:
    frozen = FrozenFiling.objects.get()
    body = frozen.body.replace("5.2", "6.2")
    past_the_product("UPDATE filings_frozenfiling SET body = %s", body)
    assert outcome(people.auditor, frozen.certificate) == "changed"
    past_the_product("UPDATE filings_frozenfiling SET sha256 = %s", hashlib.sha256(body.encode()).hexdigest())
    assert outcome(people.auditor, frozen.certificate) == "changed"


def test_a_genuine_entry_of_something_else_an_unknown_number_and_nonsense_are_told_apart(people: Cast) -> None:
    other = entry_certificate(1)
    assert other is not None
    assert outcome(people.auditor, other.text) == "other"
    assert outcome(people.auditor, "ZB-00000001-000000000000") == "unknown"
    assert outcome(people.auditor, "ZB-99999999-000000000000") == "unknown"
    assert outcome(people.auditor, FrozenFiling.objects.get().certificate[:-1] + "G") == "unreadable"
    assert outcome(people.auditor, "12") == "unreadable"
