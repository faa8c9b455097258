"""What the pages of accounts print."""

from __future__ import annotations

import json
from typing import Any

from django import template
from django.core.serializers.json import DjangoJSONEncoder
from fido2.utils import websafe_encode

from ..history import browser_name
from ..models import Invitation

register = template.Library()
State = Invitation.State
BADGES = {State.OPEN: "badge--accent", State.ACCEPTED: "badge--good", State.EXPIRED: "badge--warn"}


@register.filter
def browser(agent: str) -> str:
    """`Chrome · Windows` for what a browser calls itself."""
    return browser_name(agent)


@register.filter
def invitation_badge(state: Invitation.State) -> str:
    return BADGES.get(state, "badge--outline")


@register.filter
def groups(text: str) -> str:
    """A key in groups of four, as it is typed."""
    return " ".join(text[i : i + 4] for i in range(0, len(text), 4))


class Plain(DjangoJSONEncoder):
    """Bytes as WebAuthn writes them in JSON."""

    def default(self, o: Any) -> Any:
        return websafe_encode(o) if isinstance(o, bytes) else super().default(o)


@register.filter
def as_json(data: Any) -> str:
    """JSON as text of an element, escaped as any other text; scripts read it from there."""
    return json.dumps(data, cls=Plain, ensure_ascii=False)
