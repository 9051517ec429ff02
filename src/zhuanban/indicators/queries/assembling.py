"""Putting the rows of one month's board together from the facts of its year."""

from dataclasses import dataclass
from decimal import Decimal

from zhuanban.calc.lights import LightInputs, judge
from zhuanban.calc.periods import Period
from zhuanban.calc.polarity import Polarity
from zhuanban.calc.reporting import ReportingCalendar, board_period, expected_periods
from zhuanban.calc.targets import linear_value_path
from zhuanban.indicators.models import Indicator, Target
from zhuanban.indicators.queries.known import Known
from zhuanban.indicators.queries.shown import BoardRow, TargetShown
from zhuanban.indicators.queries.year import YearFacts


def rows_of_month(facts: YearFacts, month: int) -> tuple[BoardRow, ...]:
    """One row for every indicator that lives in the month, in the plan's order."""
    assembler = _Assembler(facts, month)
    end_on = Period.month(facts.year, month).end_on
    return tuple(
        assembler.row(indicator)
        for indicator in facts.indicators
        if indicator.active_until is None or end_on <= indicator.active_until
    )


@dataclass(frozen=True)
class _Assembler:
    facts: YearFacts
    month: int

    def row(self, indicator: Indicator) -> BoardRow:
        facts, calendar = self.facts, self.facts.calendars[indicator.pk]
        due = board_period(calendar, facts.year, self.month)
        figure = self._zone_figure(indicator.pk, due)
        period = figure.period if figure else due
        before = self._before(calendar, period)
        city = facts.figures.at(indicator.pk, facts.places.city.pk if facts.places.city else None, period)
        earlier = facts.figures.at(indicator.pk, facts.places.zone.pk if facts.places.zone else None, before)
        rank = facts.rank(indicator, period)
        targets = self._targets(indicator, period)
        of_value = next((each for each in targets if _is_value(each)), None)
        of_growth = next((each for each in targets if not _is_value(each)), None)
        target, also = (targets[0] if targets else None), (targets[1] if len(targets) > 1 else None)
        inputs = LightInputs(
            growth_pct=figure.growth_pct if figure else None,
            city_growth_pct=city.growth_pct if city else None,
            target_to_date_pct=of_growth.to_date if of_growth else None,
            rank=rank.place if rank else None,
            rank_of=rank.of if rank else None,
            level=figure.level if figure else None,
            # A month published alone is not measured against the path of the months since January.
            path_level=of_value.to_date if of_value and period == due else None,
            year_target_level=of_value.value if of_value and period == due else None,
            polarity=Polarity(indicator.polarity),
            expected=due is not None,
            city_published=indicator.city_published,
        )
        trend, trend_is_growth = self._trend(indicator, calendar)
        group, dept = facts.owners[indicator.pk].group, facts.owners[indicator.pk].dept
        return BoardRow(
            indicator_id=indicator.pk, code=indicator.code, name_zh=indicator.name_zh, name_en=indicator.name_en,
            group_id=group.pk if group else None, group_code=group.code if group else "",
            group_zh=group.name_zh if group else "", group_en=group.name_en if group else "",
            dept_id=dept.pk if dept else None, dept_code=dept.code if dept else "",
            read_by=(indicator.group_id, indicator.dept_id),
            dept_zh=dept.name_zh if dept else "", dept_en=dept.name_en if dept else "",
            measure=indicator.measure, decimals=indicator.decimals, polarity=indicator.polarity,
            value_kind=indicator.value_kind, frequency=indicator.frequency, clause=indicator.clause,
            city_published=indicator.city_published, due_period=due, period=period,
            figure_id=figure.id if figure else None, status=figure.status if figure else "",
            known_at=figure.known_at if figure else None, source=figure.source if figure else "",
            is_revised=bool(figure and facts.figures.is_revised(figure)),
            level=inputs.level, growth_pct=inputs.growth_pct,
            period_before=before if earlier else None, growth_before_pct=earlier.growth_pct if earlier else None,
            city_growth_pct=inputs.city_growth_pct, ranked=rank, ranked_before=facts.rank(indicator, before),
            rank_scope=figure.rank_scope if figure and figure.rank is not None else "",
            target=target, also=also, verdict=judge(inputs, facts.rule), trend=trend, trend_is_growth=trend_is_growth,
        )  # fmt: skip

    def _zone_figure(self, indicator_id: int, due: Period | None) -> Known | None:
        """The zone's figure of the due period; where only the month alone was published, that one, never a sum."""
        zone = self.facts.places.zone
        if due is None or zone is None:
            return None
        figures = self.facts.figures
        return figures.at(indicator_id, zone.pk, due) or figures.at(indicator_id, zone.pk, due.closing_month)

    def _before(self, calendar: ReportingCalendar, period: Period | None) -> Period | None:
        if period is None:
            return None
        earlier = [each for each in expected_periods(calendar, self.facts.year) if each.last_month < period.last_month]
        if not earlier:
            return None
        newest = earlier[-1]
        alone = period.is_month and not period.is_cumulative
        return newest.closing_month if alone and not newest.is_month else newest

    def _targets(self, indicator: Indicator, period: Period | None) -> tuple[TargetShown, ...]:
        opening = self.facts.openings.get(indicator.pk, Decimal(0))
        return tuple(
            TargetShown(
                target.kind, target.operator, target.value, path_of(target, period, opening), target.in_force_from,
                target.authority, target.path, *(_names(target.follows) if target.follows else ("", "")),
            )
            for target in self.facts.targets.get(indicator.pk, ())
        )  # fmt: skip

    def _trend(self, indicator: Indicator, calendar: ReportingCalendar) -> tuple[tuple[Decimal | None, ...], bool]:
        periods = [each for each in expected_periods(calendar, self.facts.year) if each.last_month <= self.month]
        found = [self._zone_figure(indicator.pk, each) for each in periods]
        growths = tuple(figure.growth_pct if figure else None for figure in found)
        if not found or any(growth is not None for growth in growths):
            return growths, True
        return tuple(figure.level if figure else None for figure in found), False


def path_of(target: Target, period: Period | None, opening: Decimal) -> Decimal | None:
    """What a target asks for at the end of a period: by its path, of a growth target the year's rate unless months have their own."""
    if target.value is None or period is None:
        return None
    if target.path == Target.Path.LINEAR or not target.steps:
        return target.value if target.kind == Target.Kind.GROWTH else linear_value_path(target.value, period.last_month, opening)
    step = target.steps[period.last_month - 1]
    if step is None:
        return None
    return target.value * Decimal(step) / 100 if target.path == Target.Path.HISTORY else Decimal(step)


def _names(indicator: Indicator) -> tuple[str, str]:
    return indicator.name_zh, indicator.name_en


def _is_value(target: TargetShown) -> bool:
    return target.kind == Target.Kind.VALUE
