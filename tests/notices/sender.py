"""A sender in a process of its own: python -m tests.notices.sender DATABASE GATEWAY MODE

MODE “die”: says when a message has gone out and stops there, to be killed; its lease ends at once.
MODE “go”: sends what is due and prints how many.
"""

from __future__ import annotations

import os
import sys
import time
from datetime import timedelta
from typing import Any

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"


def run(database: str, gateway: str, mode: str) -> None:
    from django.conf import settings

    from .gateway import SECRET

    settings.DATABASES["default"]["NAME"] = database
    settings.NOTICES_HOSTS = ["127.0.0.1"]
    settings.SMS_URL, settings.SMS_SECRET = f"{gateway}/sms", SECRET
    import django

    django.setup()
    from sheke.notices import outbox

    if mode == "die":
        outbox.LEASE = timedelta(0)
        outbox._end = hang
    print(outbox.send_messages().sent, flush=True)


def hang(*_args: Any, **_fields: Any) -> None:
    print("sent", flush=True)
    time.sleep(60)


if __name__ == "__main__":
    run(*sys.argv[1:])
