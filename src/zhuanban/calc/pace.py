"""Progress against time: completion, time progress, and the named rules for being behind."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from zhuanban.calc.growth import HUNDRED
from zhuanban.calc.light_terms import Light
from zhuanban.calc.rounding import half_up, shown
from zhuanban.calc.words import Words


def time_progress_pct(month: int) -> Decimal:
    """Elapsed share of the year at the end of a month: month ÷ 12, unrounded percent (时序进度).

    >>> f"{time_progress_pct(10):.3f}"
    '83.333'
    """
    return Decimal(month) / 12 * HUNDRED


def completion_pct(done: Decimal | None, target: Decimal | None) -> Decimal | None:
    """Completed share of a value target in percent, unrounded; a growth target has none.

    None: not reported, no target, or a target that is not positive.

    >>> f"{completion_pct(Decimal('629.0'), Decimal('647.4')):.1f}"
    '97.2'
    """
    if done is None or target is None or target <= 0:
        return None
    return done / target * HUNDRED


@dataclass(frozen=True)
class Progress:
    """Completion beside the progress expected by then, both unrounded percent."""

    completion_pct: Decimal
    expected_pct: Decimal

    @property
    def ahead_pp(self) -> Decimal:
        """Completion less expected progress in percentage points, unrounded: positive ahead (超), negative behind (欠).

        >>> ahead = Progress(completion_pct(Decimal("629.0"), Decimal("647.4")), time_progress_pct(10)).ahead_pp
        >>> f"{ahead:.1f}"
        '13.8'
        """
        return self.completion_pct - self.expected_pct

    @property
    def is_on_schedule(self) -> bool:
        """达到序时进度: completion at least equal to expected progress.

        >>> Progress(Decimal(50), time_progress_pct(6)).is_on_schedule
        True
        """
        return self.completion_pct >= self.expected_pct


def ahead_of_path_pp(done: Decimal | None, target: Decimal | None, path: Decimal | None) -> Decimal | None:
    """How far a value target is ahead of its path (超序时) or behind it (欠序时), percentage points, unrounded.

    Meaning: completion less the completion that the path asks for by then; on a linear path the latter is time progress.
    Levels in one measure. None: not reported, no path, or a target that is not positive.

    >>> ahead = ahead_of_path_pp(Decimal("629.0"), Decimal("647.4"), Decimal("647.4") * 10 / 12)
    >>> f"{ahead:.1f}"
    '13.8'
    >>> ahead_of_path_pp(Decimal(10), Decimal(40), Decimal(15))
    Decimal('-12.500')
    """
    completion, expected = completion_pct(done, target), completion_pct(path, target)
    return None if completion is None or expected is None else Progress(completion, expected).ahead_pp


def progress_words(progress: Progress, places: int = 1) -> Words:
    """Say the distance to time progress; only the distance is rounded, never its terms first.

    Source: circulars on key projects (超时序进度, 欠时序进度).

    >>> progress_words(Progress(Decimal(74), time_progress_pct(8)), places=2).zh
    '超时序进度7.33个百分点'
    >>> progress_words(Progress(Decimal(75), time_progress_pct(10)))
    Words(zh='欠时序进度8.3个百分点', en='8.3 pp behind time progress')
    """
    gap = half_up(progress.ahead_pp, places)
    size = shown(abs(gap), places)
    if gap == 0:
        return Words("与时序进度持平", "level with time progress")
    if gap > 0:
        return Words(f"超时序进度{size}个百分点", f"{size} pp ahead of time progress")
    return Words(f"欠时序进度{size}个百分点", f"{size} pp behind time progress")


class BehindMethod(StrEnum):
    """How a rule measures being behind; rules disagree, so the one in use is always named."""

    RATIO = "ratio"
    GAP = "gap"


@dataclass(frozen=True)
class BehindRule:
    """A named rule for being behind schedule.

    RATIO: yellow below `yellow` percent *of* the expected progress, red below `red` percent of it.
    GAP: yellow from `yellow` percentage points behind on, red beyond `red` percentage points behind.
    """

    key: str
    method: BehindMethod
    yellow: Decimal
    red: Decimal
    authority: str


RATIO_OF_TIME_PROGRESS = BehindRule(
    "ratio_of_time_progress", BehindMethod.RATIO, Decimal(80), Decimal(60), "武汉市重大项目管理办法"
)
GAP_TO_TIME_PROGRESS = BehindRule(
    "gap_to_time_progress", BehindMethod.GAP, Decimal(10), Decimal(30), "银川市红黄绿灯机制（2025）"
)


def judge_behind(progress: Progress, rule: BehindRule) -> Light:
    """The light of a project or value target under a named rule.

    Meaning: RATIO: exactly 80 % of time progress is no card, exactly 60 % is yellow. GAP: 10.0 and 30.0 points behind
    are yellow, 30.1 is red. Grey: nothing was expected yet.

    >>> june = Progress(Decimal(28), time_progress_pct(6))
    >>> judge_behind(june, RATIO_OF_TIME_PROGRESS).value, judge_behind(june, GAP_TO_TIME_PROGRESS).value
    ('red', 'yellow')
    """
    if progress.expected_pct <= 0:
        return Light.GREY
    if rule.method is BehindMethod.RATIO:
        ratio = progress.completion_pct / progress.expected_pct * HUNDRED
        yellow, red = ratio < rule.yellow, ratio < rule.red
    else:
        yellow, red = -progress.ahead_pp >= rule.yellow, -progress.ahead_pp > rule.red
    if red:
        return Light.RED
    return Light.YELLOW if yellow else Light.GREEN
