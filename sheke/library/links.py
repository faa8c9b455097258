"""Persistent links: opaque names that are given once, never again, and outlive what they name.

A name is shaped like that of an ARK: a shoulder, eight characters drawn at random that spell no words and
say nothing of what they name, and a check character that finds every single wrong character and every
two that changed places (the NOID check digit algorithm: the sum of value × place, modulo 29).
"""

from __future__ import annotations

import re
import secrets

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.http import HttpRequest
from django.urls import reverse

from .models import Collection, Expert, PersistentLink, Work

ALPHABET = "0123456789bcdfghjkmnpqrstvwxz"  # no vowels, no letter l
SHOULDER = "s1"
LENGTH = 8  # drawn: 29 ** 8, five hundred thousand million names
TRIES = 20


def link_of(thing: Work | Expert | Collection) -> PersistentLink:
    """The link of a work, expert or collection; made at the first call, the same ever after."""
    field = _field(thing)
    found = PersistentLink.objects.filter(**{field: thing}).first()
    return found or _made(field, thing)


def _made(field: str, thing: Model) -> PersistentLink:
    for _try in range(TRIES):
        try:
            with transaction.atomic():
                return PersistentLink.objects.create(name=new_name(), **{field: thing})
        except (
            IntegrityError
        ):  # somebody made it meanwhile; or the name is taken, by one in 29 ** 8
            if found := PersistentLink.objects.filter(**{field: thing}).first():
                return found
    raise RuntimeError("no free name for a persistent link was found")


def _field(thing: Model) -> str:
    for field, model in (("work", Work), ("expert", Expert), ("collection", Collection)):
        if isinstance(thing, model):
            return field
    raise TypeError(f"{type(thing).__name__} has no persistent link")


def new_name() -> str:
    """A name that nobody can guess or read anything into."""
    drawn = SHOULDER + "".join(secrets.choice(ALPHABET) for _place in range(LENGTH))
    return drawn + check_character(drawn)


def check_character(name: str) -> str:
    """Of a name without it. Characters outside the alphabet count as nothing."""
    values = (ALPHABET.find(character) for character in name)
    total = sum(place * value for place, value in enumerate(values, 1) if value > 0)
    return ALPHABET[total % len(ALPHABET)]


def read_name(typed: str) -> str:
    """The name as it is kept: capitals and hyphens mean nothing, nor does “ark:/12345/” before it."""
    bare = re.sub(r"^ark:/?\d*/?", "", typed.strip().lower())
    return re.sub(r"[-‐‑–—\s]", "", bare)


def is_whole(name: str) -> bool:
    """Whether the check character fits: a name that was typed or copied wrongly is told at once."""
    return len(name) > 2 and check_character(name[:-1]) == name[-1]


def path_of(name: str) -> str:
    return reverse("open:link", args=[name])


def address_of(name: str, request: HttpRequest | None = None) -> str:
    """The whole address: of the settings, else of the request, else the path alone."""
    return site_root(request) + path_of(name)


def site_root(request: HttpRequest | None = None) -> str:
    """The site's address without a slash at its end, from SHEKE_URL, else as the request came."""
    if settings.SITE_URL:
        return str(settings.SITE_URL)
    return f"{request.scheme}://{request.get_host()}" if request is not None else ""
