"""What follows from lights in a row: reminder letter, supervision slip, admonitory talk."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from zhuanban.calc.light_terms import Light


class FollowUp(StrEnum):
    """What is due, mildest first (提示函, 督办单, 约谈与通报)."""

    REMINDER_LETTER = "reminder_letter"
    SUPERVISION_SLIP = "supervision_slip"
    ADMONITION_TALK = "admonition_talk"


@dataclass(frozen=True)
class Consequence:
    """What follows, and from how many lights in a row: of red ones where the newest is red, else of yellow or red."""

    follow_up: FollowUp
    in_a_row: int


def consequence(lights: Sequence[Light]) -> Consequence | None:
    """What follows from the lights of a year's periods, the newest last; a grey one judged nothing and is passed over.

    Meaning: the first yellow a reminder letter; two yellow in a row, or one red, a supervision slip; two red in a row an
    admonitory talk and a place in the circular. A red before a yellow counts as a yellow. None: the newest is green, or
    nothing was judged.

    >>> consequence([Light.GREEN, Light.YELLOW]).follow_up.value
    'reminder_letter'
    >>> consequence([Light.YELLOW, Light.GREY, Light.YELLOW])
    Consequence(follow_up=<FollowUp.SUPERVISION_SLIP: 'supervision_slip'>, in_a_row=2)
    """
    judged = [light for light in lights if light is not Light.GREY]
    if not judged or judged[-1] is Light.GREEN:
        return None
    if judged[-1] is Light.RED:
        reds = _at_the_end(judged, {Light.RED})
        return Consequence(FollowUp.ADMONITION_TALK if reds > 1 else FollowUp.SUPERVISION_SLIP, reds)
    warnings = _at_the_end(judged, {Light.RED, Light.YELLOW})
    return Consequence(FollowUp.SUPERVISION_SLIP if warnings > 1 else FollowUp.REMINDER_LETTER, warnings)


def _at_the_end(lights: Sequence[Light], wanted: set[Light]) -> int:
    return next((at for at, light in enumerate(reversed(lights)) if light not in wanted), len(lights))
