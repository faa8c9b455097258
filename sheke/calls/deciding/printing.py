"""What is printed on a certificate of an award, and how it is kept and read again."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import asdict, fields, replace
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from sheke.core.errors import BadInput

from ..certificates import TEMPLATES
from ..certificates.certificate import Certificate as Printed
from ..models import Award, Call, Certificate
from ..postings import words_of

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # nothing that is read for something else
LENGTH = 12  # 58 bits: nobody finds one by trying
DATES = ("day", "until")
SELECTED = "入选"  # printed where the programme has no levels


def new_code() -> str:
    """A random code of a certificate."""
    return "".join(secrets.choice(ALPHABET) for _n in range(LENGTH))


def shown_code(code: str) -> str:
    """In groups of four, as it is read out: Q7KM-2ZXD-9PTA."""
    return "-".join(code[n : n + 4] for n in range(0, len(code), 4))


def read_code(text: str) -> str:
    """The code as somebody typed it; empty where it cannot be one."""
    plain = "".join(text.upper().replace("-", "").split())
    return plain if len(plain) == LENGTH and set(plain) <= set(ALPHABET) else ""


def address_of(site: str, code: str) -> str:
    """The address of the page that confirms the certificate. site: how links begin."""
    return site.rstrip("/") + reverse("certificates:code", args=[code])


def template_of(call: Call, kind: str) -> str:
    """Name of the layout. Raises BadInput where the programme prints none, or not at this moment."""
    outcome = call.programme.outcome
    if outcome.certificate is None:
        raise BadInput(_("This programme issues no certificates."))
    if kind == "award" and outcome.kind == "project":
        raise BadInput(_("Certificates of projects are issued when a project is closed."))
    if outcome.certificate.template not in TEMPLATES:
        raise BadInput(_("There is no layout “%(key)s”.") % {"key": outcome.certificate.template})
    return str(outcome.certificate.template)


def printed(award: Award, *, address: str, more: Mapping[str, Any]) -> Printed:
    """What stands on the certificate of an award. more: parts that are otherwise."""
    call, submission = award.call, award.submission
    outcome, words = call.programme.outcome, words_of(award)
    wording = outcome.certificate.wording if outcome.certificate else None
    roles = {role.key for role in call.programme.people.roles if not role.referee}
    members = [m.name for m in submission.members.all() if m.role in roles]
    base = outcome.kind == "accreditation" and words["organisation"]
    found = Printed(
        number=award.number, day=award.decided_on, issuers=(call.organisation.name,),
        recipients=(words["organisation"] if base else words["lead"],), address=address,
        programme=call.title, work=submission.title, kind=words["category"],
        level=words["level"] or SELECTED, reference=award.number, members=tuple(members),
        organisation="" if base else words["organisation"], until=award.holds_until,
        body=(wording.zh.format_map(words),) if wording else (),
    )  # fmt: skip
    return replace(found, **more)


def of_closing(award: Award) -> dict[str, Any]:
    """The parts of a closing certificate that are the project's own: as it stands now."""
    project = award.project
    closing = project.closing
    with override("zh-hans"):
        result = str(closing.get_result_display())
    wording = award.call.programme.outcome.certificate
    words = words_of(award) | {"title": project.title, "lead": project.lead_name}
    level = words["level"] or words["category"]
    return {
        "work": project.title, "recipients": (project.lead_name,), "members": tuple(project.members),
        "day": closing.closed_on, "level": result, "kind": level,
        "organisation": words["organisation"] or project.employer,
        "body": (wording.wording.zh.format_map(words),) if wording and wording.wording else (),
    }  # fmt: skip


def kept(one: Printed) -> dict[str, Any]:
    """As JSON."""
    return {
        key: value.isoformat() if isinstance(value, date) else list(value) if isinstance(value, tuple) else value
        for key, value in asdict(one).items()
    }  # fmt: skip


def read(data: Mapping[str, Any]) -> Printed:
    """What was printed, out of what was kept."""
    known = {field.name for field in fields(Printed)}
    values: dict[str, Any] = {key: value for key, value in data.items() if key in known}
    for key in DATES:
        if values.get(key):
            values[key] = date.fromisoformat(values[key])
    for key, value in values.items():
        if isinstance(value, list):
            values[key] = tuple(value)
    return Printed(**values)


def file_name(certificate: Certificate) -> str:
    """The number, and the name where the number alone would say little."""
    who = (certificate.data.get("recipients") or [""])[0]
    name = f"{certificate.number} {who}".strip()
    return "".join("_" if sign in '\\/:*?"<>|' else sign for sign in name)[:120] + ".pdf"


def waiting(call: Call, kind: str = "award") -> list[Award]:
    """Awards that stand and have no valid certificate."""
    have = Certificate.objects.filter(award__call=call, kind=kind, revoked_at=None)
    found = Award.objects.filter(call=call, revoked_at=None).exclude(pk__in=have.values("award_id"))
    return list(found.order_by("serial"))
