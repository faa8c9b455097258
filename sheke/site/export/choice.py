"""What is exported: every noun of ours but those named here, each with its reason."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import models

LEFT_OUT = {
    "api.Answer": "of the running machine: answers kept for requests that are sent twice",
    "core.SearchEntry": "derived: the search index, made anew from the nouns",
    "core.SearchMark": "derived: how far the search index has come",
    "core.Worker": "of the running machine: which processes run jobs now",
    "core.JobRun": "of the running machine: progress of background jobs",
    "core.Mark": "of the running machine: which jobs had their effect",
    "core.ScheduleRun": "of the running machine: which slots of the schedule were taken",
}
# Tables of other packages: sign-in and running, and the permissions that Sheke does not use.
OTHERS_LEFT_OUT = {
    "api.Answer": "of the running machine: answers kept for requests that are sent twice",
    "account": "sign-in: addresses and their confirmations; people's mail is in directory.Person",
    "admin": "the log of Django's own pages; acts are in core.AuditEvent",
    "auth": "Django's groups and permissions; rights follow from directory.Tenure",
    "axes": "sign-in: failed attempts",
    "contenttypes": "names of tables, known from this export itself",
    "django_tasks_database": "of the running machine: background jobs",
    "mfa": "secrets: second factors of sign-in",
    "sessions": "secrets: sessions",
    "socialaccount": "secrets: sign-in through other systems",
    "usersessions": "sign-in: sessions of people",
}
# Columns that open a door. A test looks for more of them.
SECRET = {
    "directory.Account": {"password"},
    "accounts.Invitation": {"digest"},
    "api.Token": {"digest"},
    "calls.Member": {"token"},
    "notices.Feed": {"digest"},
    "notices.Hook": {"secret", "address"},
    "notices.Message": {"text"},  # links that let somebody in, until they are sent
}
# Left out where asked for.
PERSONAL = {
    "directory.Person": {"phone", "email"},
    "accounts.Invitation": {"phone", "mail"},
    "accounts.SignIn": {"address", "browser"},
    "calls.Member": {"phone", "email", "born_on"},
    "calls.Objection": {"contact"},
    "notices.Message": {"address"},
}


def nouns() -> list[type[models.Model]]:
    """The models that are exported, by name."""
    return [model for model in ours() if model._meta.label not in LEFT_OUT]


def ours() -> list[type[models.Model]]:
    """All models of Sheke that have a table, with those that join two nouns."""
    found = [
        model
        for model in apps.get_models(include_auto_created=True)
        if is_ours(model) and not model._meta.proxy and model._meta.managed
    ]
    return sorted(found, key=lambda model: model._meta.label)


def is_ours(model: type[models.Model]) -> bool:
    return model._meta.app_config.name.startswith("sheke.")


def columns(model: type[models.Model], *, personal: bool = True) -> list[models.Field[Any, Any]]:
    """The fields of a noun that are exported."""
    label = model._meta.label
    out = SECRET.get(label, set()) | (set() if personal else PERSONAL.get(label, set()))
    return [field for field in model._meta.concrete_fields if field.name not in out]
