"""What stands in an archive, said so that nobody needs this program to read it."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ..models import Call


def readme(call: Call) -> str:
    """The text of README.txt."""
    names = {
        "title": call.title, "submissions": pgettext("archive", "submissions"), "form": pgettext("archive", "form"),
        "data": pgettext("archive", "data"), "files": pgettext("archive", "files"),
        "log": pgettext("archive", "log of decisions"), "confidence": pgettext("archive", "in confidence"),
        "certificates": pgettext("archive", "certificates"),
        "objections": pgettext("archive", "objections"),
        "reviews": pgettext("archive", "reviews"),
        "project": pgettext("archive", "project"),
        "notice": pgettext("archive", "public notice"),
        "announcement": pgettext("archive", "announcement"),
        "panels": pgettext("archive", "panels"), "reviewing": pgettext("archive", "reviewing"),
    }  # fmt: skip
    return "\n\n".join([
        _("%(title)s: the archive") % names,
        _("Open index.html in a browser, or index.xlsx in a spreadsheet program: every submission with its number, "
          "its state and the way to its folder.") % names,
        _("%(submissions)s/: a folder of each submission. %(form)s.docx is the form as it was last sent, earlier "
          "versions beside it; %(data)s.json holds everything that was kept of it, with every version and the "
          "SHA-256 of its receipt; %(files)s/ holds what was uploaded.") % names,
        _("%(reviewing)s/: who reviewed what, with scores and comments of the stages that are over. %(panels)s/: "
          "minutes of the sittings. Ballots were secret: only their counts were kept, here as there.") % names,
        _("%(log)s.csv and .xlsx: every decision with who, when and why. call.json: the call, its stages, topics and "
          "quotas, and the programme as it was when the call was made.") % names,
        _("%(confidence)s/: objections with the names of those who made them. They were promised confidence; the "
          "whole archive holds personal data and belongs to the office that ran the call alone.") % names,
        _("SHA256SUMS lists the SHA-256 of every file; “sha256sum -c SHA256SUMS” compares them after unpacking. "
          "manifest.json names the SHA-256 of that list, when the archive was begun and ended, whether anything "
          "was changed meanwhile, and which files were missing. Texts are UTF-8.") % names,
    ]) + "\n"  # fmt: skip
