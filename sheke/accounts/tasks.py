"""What is done in the background."""

from __future__ import annotations

from datetime import time

from django.utils import translation
from django_tasks import task

from sheke.core.schedule import daily

from . import history
from .identifiers import account_for
from .models import Invitation
from .sending import send_reset


@task()
def send_reset_link(identifier: str, site: str, language: str) -> None:
    """Send a link to a new password if the words mean an account.

    In the background, so that nobody learns from the answer or its time whether they do.
    """
    account = account_for(identifier)
    if account is not None:
        with translation.override(language):
            send_reset(account, site)


@daily(time(3, 20))
@task()
def forget_what_is_old() -> None:
    """Delete the old history of signing in, and addresses of invitations that are closed."""
    history.forget()
    Invitation.objects.closed().exclude(phone="", mail="").update(phone="", mail="")
