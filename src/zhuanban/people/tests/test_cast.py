"""The cast of the tests is itself a fact: its reach is what the other tests rely on."""

import pytest

from zhuanban.people.tests.cast import cast

pytestmark = pytest.mark.django_db


def test_the_cast_has_a_post_of_every_role_with_the_reach_its_unit_gives() -> None:
    people = cast()
    assert {role for viewer in people.viewers.values() for role in viewer.roles} == {
        "chief", "leader", "office_head", "statistician", "dept_head", "dept_clerk", "territory_officer",
        "sysadmin", "secadmin", "auditor",
    }  # fmt: skip
    clerk = people.commerce_clerk.scope("indicators.view")
    assert clerk.alternatives == {(people.group5.pk, people.commerce.pk)}
    assert people.office_head.scope("indicators.view").is_everything
    assert not people.auditor.can("indicators.view")
