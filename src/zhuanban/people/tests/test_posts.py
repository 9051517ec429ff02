"""How a post is named on pages, and how it signs in the record."""

import pytest
from django.utils import translation

from zhuanban.people.access import system_viewer, viewer_of
from zhuanban.people.models import Post, Unit
from zhuanban.people.templatetags.posts import names, post_words
from zhuanban.people.tests.cast import Cast, cast
from zhuanban.trail.services import work

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.mark.parametrize(
    ("unit", "post", "label"),
    [("商务办", "负责人", "商务办 · 负责人"), ("商务办", "商务办负责人", "商务办负责人"), ("管委会", "党工委书记", "管委会 · 党工委书记")],
)
def test_a_label_names_the_unit_once(unit: str, post: str, label: str) -> None:
    named = Post(name_zh=post, name_en="-", unit=Unit(name_zh=unit, name_en="Unit"))
    assert named.label == label


def test_the_record_is_signed_in_chinese_whatever_language_the_signer_reads(people: Cast) -> None:
    with translation.override("en"):
        viewer = viewer_of(people.users["commerce_head"])
    assert (viewer.label, viewer.signature) == ("Commerce Office · Head", "商务办 · 负责人")


def test_a_signature_is_read_in_english_with_one_query_a_request(people: Cast, django_assert_num_queries: object) -> None:
    names.forget()
    assert post_words("商务办 · 负责人") == "商务办 · 负责人"
    with translation.override("en"), django_assert_num_queries(1):  # type: ignore[operator]
        assert post_words("商务办 · 负责人") == "Commerce Office · Head"
        assert post_words("商务办 · 经办人") != "商务办 · 经办人"
        assert post_words("已撤销的岗位") == "已撤销的岗位"
    with work(system_viewer("test").actor, "test"):
        Post.objects.filter(name_zh="负责人", unit__name_zh="商务办").update(name_en="Chief clerk")
    names.forget()
    with translation.override("en"):
        assert post_words("商务办 · 负责人") == "Commerce Office · Chief clerk"
