"""Changing who may read a matter at all."""

from django.db.models import F

from zhuanban.kit import clock
from zhuanban.kit.events import publish
from zhuanban.kit.refusals import Refusal
from zhuanban.matters.models import Matter, MatterEvent
from zhuanban.matters.queries.reach import visible
from zhuanban.matters.queries.story import CLASSIFY
from zhuanban.people.access import Viewer
from zhuanban.people.models import DataClass
from zhuanban.trail.services import work

ACTION = "matters.accept"


def classify_matter(*, matter_id: int, data_class: int, text: str, version: int, by: Viewer) -> Matter:
    """Give a matter another data class, with the reason as a step of its story.

    Only for those who accept matters and whose right reaches both classes, so that nobody shuts himself out unseen.
    Refusals: matter_not_found 404, not_allowed, choice_unknown, required, matter_class_same, stale_version 409.
    """
    matter = visible(by).filter(pk=matter_id).first()
    if matter is None:
        raise Refusal("matter_not_found", status=404)
    if data_class not in DataClass.values:
        raise Refusal("choice_unknown", where="data_class")
    for each in (matter.data_class, data_class):
        by.demand(ACTION, group=matter.group_id, unit=matter.unit_id, data_class=each)
    if not text.strip():
        raise Refusal("required", where="text")
    if data_class == matter.data_class:
        raise Refusal("matter_class_same", where="data_class")
    with work(by.actor, f"{matter.number} 数据分类"):
        found = Matter.objects.filter(pk=matter.pk, version=version)
        if not found.update(data_class=data_class, version=F("version") + 1):
            raise Refusal("stale_version", status=409)
        matter.refresh_from_db()
        MatterEvent.objects.create(
            matter=matter, verb=CLASSIFY, at=clock.now(), by_id=by.user_id, by_post=by.signature, text=text.strip(),
            state=matter.state, due_on=matter.due_on,
        )  # fmt: skip
        publish("matters.changed", {"matter": matter.pk})
    return matter
