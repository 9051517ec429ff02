"""Data classes of matters: who reads what is sensitive, who changes the class, and that no document prints it."""

import html
from typing import Any

import pytest
from django.test import Client

from zhuanban.kit.idempotency import new_key
from zhuanban.kit.refusals import Refusal
from zhuanban.matters import queries, services
from zhuanban.matters.models import Matter
from zhuanban.people.access import viewer_of
from zhuanban.people.models import DataClass, Grant
from zhuanban.people.tests.cast import Cast, cast
from zhuanban.trail.services import Actor, work

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    built = cast()
    with work(Actor("system", "test", "test"), "rights"):
        Grant.objects.filter(post__code="commerce_colleague").update(data_class=DataClass.INTERNAL)
        Grant.objects.filter(post__code__in=("office_head", "chief")).update(data_class=DataClass.PERSONAL)
    return built


def matter(people: Cast, data_class: int) -> Matter:
    return services.register_matter(
        by=viewer_of(people.users["office_head"]), title="企业经营困难", description="涉及企业财务数据。", source="企业走访",
        group_id=people.group5.pk, unit_id=people.commerce.pk, data_class=data_class,
    )  # fmt: skip


def sees(people: Cast, name: str, found: Matter) -> bool:
    client = Client()
    client.force_login(people.users[name])
    page, listed = client.get(f"/matters/{found.number}/"), client.get("/matters/")
    assert (page.status_code == 200) == (found.number in listed.content.decode())
    return page.status_code == 200


@pytest.mark.parametrize(
    ("data_class", "readers"),
    [
        (DataClass.PUBLIC, {"commerce_clerk", "commerce_colleague", "office_head", "chief"}),
        (DataClass.INTERNAL, {"commerce_clerk", "commerce_colleague", "office_head", "chief"}),
        (DataClass.ENTERPRISE, {"commerce_clerk", "office_head", "chief"}),
        (DataClass.PERSONAL, {"office_head", "chief"}),
    ],
)
def test_a_matter_is_read_by_those_whose_right_reaches_its_class(people: Cast, data_class: int, readers: set[str]) -> None:
    found = matter(people, data_class)
    asked = ("commerce_clerk", "commerce_colleague", "office_head", "chief", "finance_clerk")
    assert {name for name in asked if sees(people, name, found)} == readers


def test_nobody_registers_what_he_could_not_read(people: Cast) -> None:
    with pytest.raises(Refusal) as refused:
        services.register_matter(
            by=viewer_of(people.users["commerce_colleague"]), title="甲", description="乙", source="企业走访",
            group_id=people.group5.pk, unit_id=people.commerce.pk, data_class=DataClass.ENTERPRISE,
        )  # fmt: skip
    assert refused.value.codes == ["not_allowed"]
    assert not Matter.objects.exists()


def test_raising_the_class_takes_the_matter_from_sight_at_once_and_is_a_step_of_its_story(people: Cast) -> None:
    found, client = matter(people, DataClass.INTERNAL), Client()
    client.force_login(people.users["office_head"])
    assert sees(people, "commerce_colleague", found)
    given: dict[str, Any] = {"data_class": 3, "text": "含企业财务数据", "version": found.version}
    path = f"/matters/{found.number}/classify/"
    assert client.post(path, {"zb_key": new_key(), **given}).status_code == 302
    assert not sees(people, "commerce_colleague", found)
    page = html.unescape(client.get(f"/matters/{found.number}/").content.decode())
    assert "调整数据分类" in page
    assert "含企业财务数据" in page
    assert client.post(path, {"zb_key": new_key(), **given, "data_class": 4}).status_code == 409
    same = client.post(path, {"zb_key": new_key(), **given, "version": found.version + 1})
    assert same.status_code == 422
    assert "已是此分类" in html.unescape(same.content.decode())


def test_only_who_accepts_matters_and_reaches_both_classes_changes_them(people: Cast) -> None:
    found = matter(people, DataClass.INTERNAL)
    for name in ("commerce_head", "commerce_clerk", "chief", "statistician"):
        with pytest.raises(Refusal) as refused:
            services.classify_matter(
                matter_id=found.pk, data_class=DataClass.PERSONAL, text="x", version=found.version, by=viewer_of(people.users[name])
            )
        assert refused.value.codes == ["not_allowed"]
    with pytest.raises(Refusal) as refused:
        services.classify_matter(
            matter_id=found.pk, data_class=DataClass.PUBLIC, text="x", version=1, by=viewer_of(people.users["finance_clerk"])
        )
    assert (refused.value.codes, refused.value.status) == (["matter_not_found"], 404)


def test_documents_ask_for_no_more_than_internal(people: Cast) -> None:
    plain, sensitive = matter(people, DataClass.INTERNAL), matter(people, DataClass.ENTERPRISE)
    viewer = viewer_of(people.users["chief"])
    assert {row.number for row in queries.open_matters(viewer=viewer, as_known=None)} == {plain.number, sensitive.number}
    documents = queries.open_matters(viewer=viewer, as_known=None, up_to=DataClass.INTERNAL)
    assert {row.number for row in documents} == {plain.number}
