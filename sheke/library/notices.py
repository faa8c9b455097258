"""What the library tells people."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from sheke.notices.kinds import Kind, register

register(
    Kind(
        "library.profile_published",
        _("My profile was published"),
        _(
            "%(name)s: everybody may see now what you agreed to show. You can take it back at any time."
        ),
        personal=True,
    ),
    Kind(
        "library.profile_changed",
        _("The office changed my profile"),
        _("%(name)s: the office changed what your profile says. Look whether it is right."),
        personal=True,
    ),
)

# of saved searches
register(
    Kind(
        "library.search_news",
        _("Something new in a search that I keep"),
        _("“%(name)s”: %(n)s new. %(titles)s"),
        personal=True,
    ),
)
