"""Makes the federation in which secretaries work; prints their session keys as JSON.

python -m tests.durability.world NUMBER
"""

from __future__ import annotations

import json
import sys

import django


def build(number: int) -> dict[str, object]:
    from django.test import Client
    from django.test.utils import override_settings

    from sheke.definitions.models import Definition
    from sheke.directory.models import Organisation
    from tests import factories

    city = Organisation.objects.filter(code="city").first() or factories.organisation(
        name="云川市社科联", kind="federation", code="city"
    )
    if not Definition.objects.filter(key="lecture").exists():
        factories.lecture_type()
    made = []
    # Nobody signs in with these passwords, so they need not be slow to guess.
    hashers = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with override_settings(ALLOWED_HOSTS=["*"], PASSWORD_HASHERS=hashers):
        for n in range(number):
            society = factories.organisation(city, name=f"第{n + 1}学会", code=f"s{n + 1}")
            client = Client()
            client.force_login(factories.account(society, username=f"secretary{n + 1}"))
            made.append({"session": client.cookies["sessionid"].value, "code": society.code})
    return {"secretaries": made}


if __name__ == "__main__":
    django.setup()
    print(json.dumps(build(int(sys.argv[1]))))
