"""Parameters as a history: each version holds from a day, says on whose authority and why, and is never changed later."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any, TypeVar

from django.db import models

from zhuanban.kit import clock
from zhuanban.kit.defining import Defined, define
from zhuanban.kit.refusals import Problem, Refusal


class DatedParameters(models.Model):
    """A version of some parameters. The newest one that has begun holds; a room says in its subclass of what."""

    parameters = models.JSONField()
    in_force_from = models.DateField()
    authority = models.CharField(max_length=200)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        abstract = True


FURTHEST = timedelta(days=2 * 366)
"""Nothing is decided further ahead than two years."""

V = TypeVar("V", bound=DatedParameters)


def version_on(versions: Iterable[V], day: date) -> V | None:
    """The version in force on a day; None before the first."""
    begun = [version for version in versions if version.in_force_from <= day]
    return max(begun, key=lambda version: version.in_force_from, default=None)


def demand_sayable(*, since: date, authority: str, reason: str) -> None:
    """A change holds from today at the earliest, and says on whose authority and why. Refusals: since_past, since_too_far, required."""
    problems = [
        Problem("required", {}, name)
        for name, text in (("authority", authority), ("reason", reason))
        if not text.strip()
    ]
    furthest = clock.today() + FURTHEST
    if since < clock.today():
        problems.append(Problem("since_past", {}, "since"))
    elif since > furthest:
        problems.append(Problem("since_too_far", {"furthest": furthest.isoformat()}, "since"))
    if problems:
        raise Refusal.of(problems)


def write_version(
    model: type[V], key: Mapping[str, Any], parameters: Mapping[str, Any], *, since: date, authority: str, reason: str
) -> Defined[V]:
    """Begin a version on a day from today on; one that was to begin on the same day is replaced.

    Runs inside the caller's work. Refusals: since_past, required.
    """
    demand_sayable(since=since, authority=authority, reason=reason)
    values = {"parameters": dict(parameters), "authority": authority.strip(), "reason": reason.strip()}
    return define(model, {**key, "in_force_from": since}, values)


def withdraw_version(model: type[V], key: Mapping[str, Any], *, since: date) -> None:
    """Take back the version that was to begin on a day ahead; what holds until then goes on holding.

    Runs inside the caller's work; the record keeps what was decided. Refusals: setting_begun, setting_gone.
    """
    if since <= clock.today():
        raise Refusal("setting_begun", status=409)
    deleted, _tables = model._default_manager.filter(**key, in_force_from=since).delete()
    if not deleted:
        raise Refusal("setting_gone", status=409)


def define_version(
    model: type[V], key: Mapping[str, Any], parameters: Mapping[str, Any], *, since: date, today: date, authority: str
) -> Defined[V]:
    """The newest version is the given one: the first holds from ``since``, a later one from ``today``.

    The same again writes nothing. Runs inside the caller's work.
    """
    values = {"parameters": dict(parameters), "authority": authority}
    newest = model._default_manager.filter(**key).order_by("-in_force_from").first()
    if newest is not None and all(getattr(newest, name) == value for name, value in values.items()):
        return Defined(newest, False, ())
    day = since if newest is None else max(today, newest.in_force_from)
    return define(model, {**key, "in_force_from": day}, values)
