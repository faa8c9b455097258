"""Run with the site's settings: makes a federation and prints a session for each of its people."""

from __future__ import annotations

import json
import sys
from datetime import date

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.test import Client  # noqa: E402

from sheke.directory import actions  # noqa: E402
from sheke.directory.models import Account, Person, Tenure  # noqa: E402


def main(names: list[str]) -> None:
    root = actions.create_organisation(
        by=None, parent=None, code="YC", name="云川市社会科学界联合会", kind="federation"
    )
    sessions = {}
    for name in names:
        actions.create_organisation(
            by=None, parent=root, code=name, name=f"云川市{name}学会", kind="society",
            valid_from=date(1980, 1, 1),
        )  # fmt: skip
        person = Person.objects.create(name=f"林{name}")
        Tenure.objects.create(person=person, organisation=root, role="administrator")
        account = Account.objects.create_user(username=name, password=None, person=person)
        client = Client()
        client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
        sessions[name] = client.cookies[settings.SESSION_COOKIE_NAME].value
    print(json.dumps(sessions))


main(sys.argv[1:])
