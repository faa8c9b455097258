"""Everything that would reveal the applicants of a submission, for the search for names."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.functional import cached_property

from sheke.directory.models import Organisation, OrganisationChange

from ..blinding import Identity, Person
from ..blinding import Organisation as Institution
from ..models import Submission
from .units import units_of


def identity_of(submission: Submission) -> Identity:
    """Its people with telephones and mails, their employers, the applying organisation and its unit."""
    return _Applicants(submission).identity()


class _Applicants:
    def __init__(self, submission: Submission) -> None:
        self.submission = submission
        self.members = list(submission.members.select_related("organisation", "person"))

    def identity(self) -> Identity:
        return Identity(
            people=tuple(self._people()),
            organisations=tuple(self._institutions()),
            phones=_some(each for m in self.members for each in (m.phone, self._own(m, "phone"))),
            mails=_some(each for m in self.members for each in (m.email, self._own(m, "email"))),
        )

    @staticmethod
    def _own(member: object, name: str) -> str:
        return getattr(getattr(member, "person", None), name, "") or ""

    def _people(self) -> Iterable[Person]:
        names: dict[str, set[str]] = {}
        for member in self.members:
            if member.name.strip():
                others = names.setdefault(member.name.strip(), set())
                if (own := self._own(member, "name")) and own != member.name.strip():
                    others.add(own)
        if lead := self.submission.lead_name.strip():
            names.setdefault(lead, set())
        return [Person(name, tuple(sorted(others))) for name, others in names.items()]

    @cached_property
    def organisations(self) -> list[Organisation]:
        held = [self.submission.organisation, *(m.organisation for m in self.members)]
        found = {each.pk: each for each in held if each is not None}
        units = {each.pk: each for each in units_of(found.values()).values()}
        # The calling office's own name stands in every form.
        return [each for each in (found | units).values() if each.depth > 0 or each.pk in found]

    def _institutions(self) -> Iterable[Institution]:
        calling = self.submission.call.organisation_id
        former: dict[int, set[str]] = {}
        changes = OrganisationChange.objects.filter(organisation__in=self.organisations)
        for number, name, short in changes.values_list("organisation_id", "name", "short_name"):
            former.setdefault(number, set()).update({name, short})
        for each in self.organisations:
            if each.pk != calling:
                others = {each.short_name, *former.get(each.pk, ())} - {"", each.name}
                yield Institution(each.name, tuple(sorted(others)))
        known = {each.name for each in self.organisations}
        for name in _some(m.employer for m in self.members):
            if name not in known:
                yield Institution(name)


def _some(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text.strip() for text in texts if text.strip()))
