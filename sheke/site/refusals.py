"""What the command line says when it cannot do what was asked: one line, and where to look."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

from django.utils.translation import gettext as _


def no_such_noun(noun: str, nouns: Iterable[str]) -> str:
    said = _("There is no command “%(noun)s”.") % {"noun": noun}
    close = get_close_matches(noun, list(nouns), n=3)
    if close:
        return f"{said} " + _("Did you mean %(nouns)s?") % {"nouns": ", ".join(close)}
    return f"{said} " + _("“sheke --help” lists all.")


def wrong_usage(error: Any, path: Iterable[str]) -> str:
    """`error` is typer's (a wrong option, a missing argument); `path` the command it belongs to."""
    names = " ".join(["sheke", *path])
    return f"{_problem(error)} " + _("See “%(command)s --help”.") % {"command": names}


def no_database() -> str:
    return _("The database is not set up yet: run “sheke setup”, or “sheke demo” to try it out.")


def no_answer(error: Exception) -> str:
    return _("The database does not answer: %(error)s") % {"error": error}


def _problem(error: Any) -> str:
    kind = type(error).__name__
    if kind == "NoSuchOption":
        return _("There is no option %(name)s.") % {"name": error.option_name}
    if kind == "MissingParameter":
        return _("%(name)s is missing.") % {"name": _parameter(error)}
    if kind == "BadParameter" and error.param is not None:
        return f"{_parameter(error)}: {error.message}"
    if error.ctx is not None and error.message.startswith("No such command"):
        return _("There is no such verb: %(words)s.") % {"words": error.message.split("'")[1]}
    return str(error.format_message())


def _parameter(error: Any) -> str:
    """An option as it is typed (--reason), an argument in capitals (FILE)."""
    if error.param is None:
        return str(error.param_hint or "")
    if error.param.param_type_name == "option":
        return str(max(error.param.opts, key=len))
    return str(error.param.name).upper()
