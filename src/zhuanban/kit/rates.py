"""A limit on how often something may happen per source: a token bucket in this process's memory."""

from collections import OrderedDict
from dataclasses import dataclass, field


@dataclass
class Buckets:
    """``capacity`` at once, refilled by ``per_second``; the least recently seen of more than ``sources`` are forgotten.

    >>> buckets = Buckets(capacity=2, per_second=1)
    >>> [buckets.take("a", at=0.0), buckets.take("a", at=0.0), buckets.take("a", at=0.0), buckets.take("a", at=1.5)]
    [True, True, False, True]
    """

    capacity: int
    per_second: float
    sources: int = 10_000
    _left: OrderedDict[str, tuple[float, float]] = field(default_factory=OrderedDict)

    def take(self, source: str, *, at: float) -> bool:
        """Whether ``source`` may once more at the instant ``at`` (seconds); takes it where it may."""
        left, since = self._left.pop(source, (float(self.capacity), at))
        left = min(float(self.capacity), left + max(0.0, at - since) * self.per_second)
        allowed = left >= 1
        self._left[source] = (left - 1 if allowed else left, at)
        while len(self._left) > self.sources:
            self._left.popitem(last=False)
        return allowed
