"""Industries of the horizontal line, and which units answer for them, by hand and by day."""

from datetime import date

from django.utils.translation import gettext as _

from zhuanban.kit import clock
from zhuanban.kit.refusals import Problem, Refusal
from zhuanban.people.access import Viewer, not_over
from zhuanban.people.models import GroupMember, Industry, IndustryDuty
from zhuanban.people.services.arranging import add, refuse_all, store
from zhuanban.people.services.ending import end_at_once
from zhuanban.people.services.grouping import unit_with_part
from zhuanban.trail.services import work

ACTION = "structure.define"
RESPONSIBLE = GroupMember.Part.RESPONSIBLE


def add_industry(*, name_zh: str, name_en: str, position: int, by: Viewer) -> Industry:
    """A new industry, for which no unit answers yet. Without an English name it keeps the Chinese one.

    Refusals: not_allowed, industry_name_taken.
    """
    by.demand(ACTION)
    industry = Industry(name_zh=name_zh, name_en=name_en or name_zh, position=position)
    return add(industry, "industry", "新增行业", _faults, by)


def change_industry(*, industry_id: int, version: int, name_zh: str, name_en: str, position: int, active: bool, by: Viewer) -> Industry:
    """Rename an industry, move it in the order, or dissolve it (``active`` False) once no unit answers for it.

    Refusals: not_allowed, industry_unknown (404), stale_version, industry_name_taken, industry_in_use.
    """
    by.demand(ACTION)
    industry = _industry(industry_id)
    was_active = industry.active
    industry.name_zh, industry.name_en, industry.position, industry.active = name_zh, name_en or name_zh, position, active
    refuse_all([*_faults(industry), *(_still_answered_for(industry) if was_active and not active else ())])
    with work(by.actor, f"修改行业 {industry.code}"):
        store(industry, version, "name_zh", "name_en", "position", "active")
    return industry


def join_industry(*, industry_id: int, unit_id: int | None, part: str, since: date, by: Viewer) -> IndustryDuty:
    """Let a unit answer for an industry from a day, as responsible or collaborating unit.

    Refusals: not_allowed, industry_unknown (404), industry_dissolved, unit_unknown, choice_unknown,
    industry_member_already, industry_has_responsible.
    """
    by.demand(ACTION)
    industry, unit = _industry(industry_id), unit_with_part(unit_id, part)
    if not industry.active:
        raise Refusal("industry_dissolved", where="unit", status=409)
    there = IndustryDuty.objects.filter(not_over(since), industry=industry).select_related("unit").order_by("valid_from", "pk")
    if there.filter(unit=unit, part=part).exists():
        raise Refusal("industry_member_already", where="unit", status=409, unit=unit.name)
    other = there.filter(part=RESPONSIBLE).first() if part == RESPONSIBLE else None
    if other is not None:
        raise Refusal("industry_has_responsible", where="unit", status=409, unit=other.unit.name, since=other.valid_from.isoformat())
    with work(by.actor, f"{unit.code} 归口行业 {industry.code}"):
        return IndustryDuty.objects.create(industry=industry, unit=unit, part=part, valid_from=since)


def leave_industry(*, duty_id: int, on: date, by: Viewer) -> IndustryDuty:
    """End a unit's part in an industry, ``on`` being the first day without it. Refusals: not_allowed, tie_absent."""
    by.demand(ACTION)
    duty = IndustryDuty.objects.filter(not_over(on), pk=duty_id).select_related("industry", "unit").first()
    if duty is None:
        raise Refusal("tie_absent", status=404)
    with work(by.actor, f"{duty.unit.code} 不再归口行业 {duty.industry.code}"):
        end_at_once(duty, on)
    return duty


def _industry(industry_id: int) -> Industry:
    industry = Industry.objects.filter(pk=industry_id).first()
    if industry is None:
        raise Refusal("industry_unknown", status=404)
    return industry


def _faults(industry: Industry) -> list[Problem]:
    twins = Industry.objects.filter(name_zh=industry.name_zh, active=True).exclude(pk=industry.pk)
    return [Problem("industry_name_taken", {"name": industry.name_zh}, "name_zh")] if industry.active and twins.exists() else []


def _still_answered_for(industry: Industry) -> list[Problem]:
    duties = IndustryDuty.objects.filter(not_over(clock.today()), industry=industry).select_related("unit").order_by("pk")
    names = _(", ").join(dict.fromkeys(duty.unit.name for duty in duties))
    return [Problem("industry_in_use", {"what": names}, "active")] if names else []
