"""Numbers of awards: by the programme's pattern, running on over the calls that share it in a year."""

from __future__ import annotations

from collections.abc import Iterator

from sheke.definitions.programmes.numbers import NumberPattern

from ..models import Award, Call, Submission
from .proposals import level_name

PLAIN = "{year}{serial:4}"  # of a programme without certificates


def pattern_of(call: Call) -> NumberPattern:
    """The pattern of the call's programme."""
    certificate = call.programme.outcome.certificate
    return NumberPattern(certificate.number if certificate else PLAIN)


def serials(call: Call) -> Iterator[int]:
    """Running numbers that no award of the same pattern, year and office has. Lock the call's
    organisation before: two calls must not number at the same moment.
    """
    pattern = pattern_of(call)
    others = Award.objects.filter(call__year=call.year, call__organisation=call.organisation_id)
    taken = [pattern.serial(number) for number in others.values_list("number", flat=True)]
    own = call.awards.values_list("serial", flat=True)
    serial = max([0, *own, *(each for each in taken if each)])
    while True:
        serial += 1
        yield serial


def number_of(call: Call, submission: Submission, serial: int, level: str) -> str:
    """The number as it is printed."""
    programme = call.programme
    field = programme.used_as("category")
    names = {choice.key: choice.name.zh for choice in field.choices} if field else {}
    return pattern_of(call).number(
        serial=serial, year=call.year, level=level_name(programme, level),
        kind=names.get(submission.category, ""),
    )  # fmt: skip
