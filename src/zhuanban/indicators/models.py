"""Indicators, places, figures with their vintages, targets, thresholds, peers, imports.

Nothing reported is overwritten: a correction is a new figure with its own ``known_at``. Forecast, flash, official and
revised figures are different rows.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from zhuanban.calc.periods import Period
from zhuanban.kit.dated import DatedParameters
from zhuanban.people.models import Dated, Named, dated_check


class Place(Named):
    """A place that figures speak of: the zone itself, its city, a peer, or a wider area."""

    class Kind(models.TextChoices):
        ZONE = "zone"
        CITY = "city"
        PEER = "peer"
        PROVINCE = "province"
        NATION = "nation"

    code = models.SlugField(max_length=60, unique=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    aliases = models.JSONField(default=list)
    position = models.PositiveSmallIntegerField(default=0)
    active = models.BooleanField(default=True)
    verified = models.BooleanField(default=True)

    class Meta:
        ordering: ClassVar = ["position", "code"]


class Indicator(Named):
    """One indicator of the plan: what it measures, in what unit, when it is published, who answers for it.

    ``city_published`` False: the city never publishes it, so that nothing waits for a city figure. ``due_day`` is the day
    of the month by which a figure is owed; it moves to the next working day.
    """

    class ValueKind(models.TextChoices):
        FLOW = "flow"
        STOCK = "stock"
        RATE_ONLY = "rate_only"
        COUNT = "count"

    class Basis(models.TextChoices):
        CUMULATIVE = "cumulative"
        MONTH = "month"
        POINT = "point"

    class Frequency(models.TextChoices):
        MONTH = "month"
        QUARTER = "quarter"

    class Polarity(models.TextChoices):
        HIGHER = "higher"
        LOWER = "lower"

    code = models.SlugField(max_length=60, unique=True)
    aliases = models.JSONField(default=list)
    group = models.ForeignKey("people.WorkGroup", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    dept = models.ForeignKey("people.Unit", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    measure = models.CharField(max_length=20)
    decimals = models.PositiveSmallIntegerField(default=2)
    value_kind = models.CharField(max_length=12, choices=ValueKind.choices)
    basis = models.CharField(max_length=12, choices=Basis.choices)
    price_basis = models.CharField(max_length=12, default="current")
    comparable_scope = models.BooleanField(default=False)
    city_published = models.BooleanField(default=True)
    frequency = models.CharField(max_length=8, choices=Frequency.choices)
    has_january = models.BooleanField(default=False)
    has_fourth_quarter = models.BooleanField(default=True)
    lag_months = models.PositiveSmallIntegerField(default=0)
    due_day = models.PositiveSmallIntegerField(default=20)
    polarity = models.CharField(max_length=8, choices=Polarity.choices)
    source = models.CharField(max_length=120, blank=True)
    clause = models.CharField(max_length=40, blank=True)
    active = models.BooleanField(default=True)
    active_until = models.DateField(null=True, blank=True)
    context_only = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["position", "code"]


class IndicatorTerritory(Dated):
    """A street or centre that answers for an indicator on its territory, beside the department in charge."""

    indicator = models.ForeignKey("indicators.Indicator", on_delete=models.PROTECT, related_name="territories")
    unit = models.ForeignKey("people.Unit", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            dated_check("indicators_territory"),
            models.UniqueConstraint(fields=["indicator", "unit", "valid_from"], name="indicators_territory_once"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id}:{self.unit_id}"


class FormerOwner(models.Model):
    """The group and department that answered for an indicator until a day (the first without them).

    The present ones stand at the indicator itself; what was before is kept here, so that every day has its owner.
    """

    indicator = models.ForeignKey("indicators.Indicator", on_delete=models.PROTECT, related_name="former_owners")
    group = models.ForeignKey("people.WorkGroup", null=True, on_delete=models.PROTECT, related_name="+")
    dept = models.ForeignKey("people.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    until = models.DateField()

    class Meta:
        ordering: ClassVar = ["until"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["indicator", "until"], name="indicators_former_owner_once")]

    def __str__(self) -> str:
        return f"{self.indicator_id}:{self.dept_id} until {self.until}"


class ImportBatch(models.Model):
    """One sheet on its way in: staged with what was found in it, then published once, then confirmed by another.

    ``answer`` is the recorder's word on the questions that the reading raised. ``upload`` is the file as it was handed in,
    ``sender`` the unit it came from. ``left_out`` names the rows that were deliberately not published, each with its reasons.
    """

    class State(models.TextChoices):
        STAGED = "staged"
        PUBLISHED = "published"
        CANCELLED = "cancelled"

    state = models.CharField(max_length=10, choices=State.choices, default=State.STAGED)
    file_name = models.CharField(max_length=200)
    file_sha256 = models.CharField(max_length=64)
    source = models.CharField(max_length=200, blank=True)
    staged = models.JSONField(default=dict)
    answer = models.CharField(max_length=300, blank=True)
    upload = models.ForeignKey("files.Attachment", null=True, on_delete=models.PROTECT, related_name="+")
    sender = models.ForeignKey("people.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    left_out = models.JSONField(default=list)
    row_count = models.PositiveIntegerField(default=0)
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey("people.User", null=True, on_delete=models.PROTECT, related_name="+")
    uploaded_by_post = models.CharField(max_length=200)
    published_at = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey("people.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    confirmed_by_post = models.CharField(max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar = ["-uploaded_at", "-id"]
        indexes: ClassVar = [models.Index(fields=["file_sha256"], name="indicators_batch_content")]

    def __str__(self) -> str:
        return self.file_name


class HeaderMapping(models.Model):
    """What somebody said about the columns of a unit's sheets: it counts for that unit and that very header line.

    ``header`` is the header line as read, ``said`` what a column holds, by its number from 0 (as text): the keys of
    ``sheets.said.ColumnSaid``. ``signature`` is the SHA-256 of the line, months left out.
    """

    unit = models.ForeignKey("people.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    signature = models.CharField(max_length=64)
    header = models.JSONField()
    said = models.JSONField()
    said_at = models.DateTimeField()
    said_by = models.ForeignKey("people.User", null=True, on_delete=models.PROTECT, related_name="+")
    said_by_post = models.CharField(max_length=200)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar = ["-said_at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "signature"], name="indicators_header_once", nulls_distinct=False
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit_id}:{self.signature[:12]}"


class Figure(models.Model):
    """One published value: level and/or official growth of an indicator at a place over a period.

    ``first_month``..``last_month`` of ``year`` is the period as published (1..6 cumulative, 6..6 a single month, 1..2
    joint). ``known_at`` is the vintage. ``growth_pct`` is official and never recomputed from levels.
    """

    class Status(models.TextChoices):
        FORECAST = "forecast"
        FLASH = "flash"
        OFFICIAL = "official"
        REVISED = "revised"

    indicator = models.ForeignKey("indicators.Indicator", on_delete=models.PROTECT, related_name="figures")
    place = models.ForeignKey("indicators.Place", on_delete=models.PROTECT, related_name="figures")
    year = models.PositiveSmallIntegerField()
    first_month = models.PositiveSmallIntegerField()
    last_month = models.PositiveSmallIntegerField()
    level = models.DecimalField(max_digits=20, decimal_places=6, null=True, blank=True)
    growth_pct = models.DecimalField(max_digits=10, decimal_places=4, null=True, blank=True)
    rank = models.PositiveSmallIntegerField(null=True, blank=True)
    rank_of = models.PositiveSmallIntegerField(null=True, blank=True)
    rank_scope = models.CharField(max_length=60, blank=True)
    status = models.CharField(max_length=10, choices=Status.choices)
    known_at = models.DateTimeField()
    source = models.CharField(max_length=200, blank=True)
    note = models.CharField(max_length=300, blank=True)
    batch = models.ForeignKey("indicators.ImportBatch", null=True, on_delete=models.PROTECT, related_name="figures")
    batch_cell = models.CharField(max_length=20, blank=True)
    recorded_by = models.ForeignKey("people.User", null=True, on_delete=models.PROTECT, related_name="+")
    recorded_by_post = models.CharField(max_length=200)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["indicator", "place", "year", "first_month", "last_month", "status", "known_at"],
                name="indicators_figure_vintage",
            ),
            models.CheckConstraint(
                condition=Q(first_month__gte=1) & Q(last_month__lte=12) & Q(first_month__lte=F("last_month")),
                name="indicators_figure_period",
            ),
            models.CheckConstraint(
                condition=Q(level__isnull=False) | Q(growth_pct__isnull=False), name="indicators_figure_not_empty"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["year", "last_month", "place", "indicator"], name="indicators_figure_board"),
        ]

    @property
    def period(self) -> Period:
        return Period(self.year, self.first_month, self.last_month)

    def __str__(self) -> str:
        return f"{self.indicator_id}@{self.place_id} {self.period}"


class Target(models.Model):
    """A year's target of an indicator at a place: a version in force from a date, with its authority.

    ``kind`` value: ``value`` is a level in the indicator's measure; growth: percent. ``not_below_city_average`` and
    ``in_step_with`` carry no number; the latter names the indicator it ``follows``. ``steps`` are those of a path that is
    not linear, one per month, as text or null: of ``history`` percents of the year reached by then, of ``explicit`` figures.
    """

    class Kind(models.TextChoices):
        VALUE = "value"
        GROWTH = "growth"

    class Path(models.TextChoices):
        LINEAR = "linear"
        HISTORY = "history"
        EXPLICIT = "explicit"

    class Operator(models.TextChoices):
        AT_LEAST = "at_least"
        ABOUT = "about"
        EQUAL = "equal"
        NOT_BELOW_CITY_AVERAGE = "not_below_city_average"
        IN_STEP_WITH = "in_step_with"

    indicator = models.ForeignKey("indicators.Indicator", on_delete=models.PROTECT, related_name="targets")
    place = models.ForeignKey("indicators.Place", on_delete=models.PROTECT, related_name="targets")
    year = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8, choices=Kind.choices)
    operator = models.CharField(max_length=24, choices=Operator.choices)
    value = models.DecimalField(max_digits=20, decimal_places=6, null=True, blank=True)
    is_stretch = models.BooleanField(default=False)
    path = models.CharField(max_length=12, default="linear")
    steps = models.JSONField(default=list, blank=True)
    follows = models.ForeignKey(
        "indicators.Indicator", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    in_force_from = models.DateField()
    authority = models.CharField(max_length=200)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["indicator", "place", "year", "kind", "is_stretch", "in_force_from"],
                name="indicators_target_version",
            )
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id}@{self.place_id} {self.year} {self.operator} {self.value}"


class LightThresholds(DatedParameters):
    """A version of the light rule's parameters: a history, never changed in place."""

    in_force_from = models.DateField(unique=True)

    class Meta:
        ordering: ClassVar = ["-in_force_from"]

    def __str__(self) -> str:
        return str(self.in_force_from)


class PeerMember(models.Model):
    """A place counted in the ranking of an indicator (empty: of every indicator) from one year to another."""

    place = models.ForeignKey("indicators.Place", on_delete=models.PROTECT, related_name="+")
    indicator = models.ForeignKey("indicators.Indicator", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    from_year = models.PositiveSmallIntegerField()
    until_year = models.PositiveSmallIntegerField(null=True, blank=True)
    authority = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["place", "indicator", "from_year"], name="indicators_peer_once", nulls_distinct=False
            )
        ]

    def __str__(self) -> str:
        return f"{self.place_id} from {self.from_year}"


class PeriodLock(models.Model):
    """All months up to and including this one are closed: no sheet changes them any more."""

    year = models.PositiveSmallIntegerField()
    month = models.PositiveSmallIntegerField()
    locked_at = models.DateTimeField()
    locked_by_post = models.CharField(max_length=200)
    reason = models.CharField(max_length=300)

    class Meta:
        ordering: ClassVar = ["-year", "-month", "-id"]

    def __str__(self) -> str:
        return f"{self.year}-{self.month:02d}"
