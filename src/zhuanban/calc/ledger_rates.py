"""The rates of a ledger of problems, each over its own denominator."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from decimal import Decimal


@dataclass(frozen=True)
class Share:
    """A part of a whole, both counted in matters.

    >>> Share(65, 70).percent.quantize(Decimal("0.1")), Share(0, 0).percent is None
    (Decimal('92.9'), True)
    """

    part: int
    whole: int

    @property
    def percent(self) -> Decimal | None:
        """Part over whole in percent, not rounded; None where there is no whole to speak of.

        >>> Share(72, 100).percent, Share(0, 0).percent is None
        (Decimal('72'), True)
        """
        return Decimal(100 * self.part) / self.whole if self.whole else None


@dataclass(frozen=True)
class LedgerTally:
    """What became of the matters that were accepted in a span: counts, each of them out of ``accepted``.

    ``resolved`` are those that stand as resolved now (under review or later), ``struck_off`` those of them struck off, ``on_time`` those
    of them resolved by their day, ``explained`` those of them closed by explanation; ``surveyed`` are those whose raiser was
    asked, ``satisfied`` those of them content or fairly content; ``ever_resolved`` and ``ever_struck_off`` count what was so at any time,
    ``sent_back`` and ``reopened`` what of it came back.

    >>> tally = LedgerTally(accepted=100, resolved=80, struck_off=72, surveyed=70, satisfied=65)
    >>> [share.percent.quantize(Decimal("0.1")) for share in (tally.resolved_rate, tally.struck_off_rate, tally.satisfied_rate)]
    [Decimal('80.0'), Decimal('72.0'), Decimal('92.9')]
    """

    accepted: int = 0
    resolved: int = 0
    struck_off: int = 0
    on_time: int = 0
    explained: int = 0
    surveyed: int = 0
    satisfied: int = 0
    ever_resolved: int = 0
    sent_back: int = 0
    ever_struck_off: int = 0
    reopened: int = 0

    @property
    def resolved_rate(self) -> Share:
        """办结率: resolved of accepted.

        >>> LedgerTally(accepted=100, resolved=80).resolved_rate
        Share(part=80, whole=100)
        """
        return Share(self.resolved, self.accepted)

    @property
    def struck_off_rate(self) -> Share:
        """销号率: struck off of accepted.

        >>> LedgerTally(accepted=100, struck_off=72).struck_off_rate
        Share(part=72, whole=100)
        """
        return Share(self.struck_off, self.accepted)

    @property
    def on_time_rate(self) -> Share:
        """按期办结率: resolved by their day of resolved.

        >>> LedgerTally(resolved=80, on_time=60).on_time_rate
        Share(part=60, whole=80)
        """
        return Share(self.on_time, self.resolved)

    @property
    def satisfied_rate(self) -> Share:
        """满意率: content of asked, not of all.

        >>> LedgerTally(surveyed=70, satisfied=65).satisfied_rate
        Share(part=65, whole=70)
        """
        return Share(self.satisfied, self.surveyed)

    @property
    def sent_back_rate(self) -> Share:
        """退回率: sent back at least once of ever resolved.

        >>> LedgerTally(ever_resolved=8, sent_back=1).sent_back_rate
        Share(part=1, whole=8)
        """
        return Share(self.sent_back, self.ever_resolved)

    @property
    def reopened_rate(self) -> Share:
        """重开率: reopened at least once of ever struck off.

        >>> LedgerTally(ever_struck_off=9, reopened=2).reopened_rate
        Share(part=2, whole=9)
        """
        return Share(self.reopened, self.ever_struck_off)


def total(tallies: Iterable[LedgerTally]) -> LedgerTally:
    """The tally of all together; rates of the whole are taken from its counts, never averaged.

    >>> total([LedgerTally(accepted=1, resolved=1), LedgerTally(accepted=3)]).resolved_rate
    Share(part=1, whole=4)
    """
    found = list(tallies)
    return LedgerTally(**{each.name: sum(getattr(tally, each.name) for tally in found) for each in fields(LedgerTally)})
