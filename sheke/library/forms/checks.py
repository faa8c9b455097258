"""What is asked before a check."""

from __future__ import annotations

import re
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sheke.core.errors import BadInput
from sheke.directory.models import Organisation

from ..passages.texts import read_text
from ..passages.winnowing import SHARED


class CheckForm(forms.Form):
    """A file or a pasted text; the file goes before."""

    organisation = forms.ModelChoiceField(
        label=gettext_lazy("For"), queryset=Organisation.objects.none(), empty_label=None
    )
    file = forms.FileField(
        label=gettext_lazy("File"), required=False,
        help_text=gettext_lazy("Word, PDF, text, web page, slides. It is read and not kept."),
    )  # fmt: skip
    text = forms.CharField(
        label=gettext_lazy("Or paste the text"), required=False, strip=False,
        widget=forms.Textarea(attrs={"rows": 10}),
    )  # fmt: skip
    title = forms.CharField(
        label=gettext_lazy("Title"), required=False, max_length=500,
        help_text=gettext_lazy("Left out, it is the name of the file or the first line."),
    )  # fmt: skip
    authors = forms.CharField(
        label=gettext_lazy("Authors"), required=False, max_length=500,
        help_text=gettext_lazy("So that their own earlier works are told apart from those of others."),
    )  # fmt: skip
    minimum = forms.IntegerField(
        label=gettext_lazy("Shortest passage"), min_value=SHARED, max_value=1000, initial=SHARED,
        help_text=gettext_lazy("Han characters, letters and digits that stand together."),
    )  # fmt: skip
    common = forms.IntegerField(
        label=gettext_lazy("Common beyond"), min_value=1, max_value=10_000, initial=10,
        help_text=gettext_lazy("Wording that more texts than this hold is common."),
    )  # fmt: skip

    def __init__(self, *args: Any, kept: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["organisation"]
        field.queryset = kept  # type: ignore[attr-defined]
        if len(kept[:2]) == 1:
            field.initial, field.widget = kept[0].pk, forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        file = cleaned.get("file")
        if file is not None:
            cleaned["text"] = self._read(file)
        elif not (cleaned.get("text") or "").strip():
            raise forms.ValidationError(_("Choose a file or paste a text."))
        text = cleaned.get("text") or ""
        if not cleaned.get("title"):
            first = next((line.strip() for line in text.splitlines() if line.strip()), "")
            cleaned["title"] = Path(file.name).stem if file is not None else first[:80]
        cleaned["authors"] = [
            n for n in re.split(r"[,，、;；\n]+", cleaned.get("authors") or "") if n.strip()
        ]
        return cleaned

    def _read(self, file: Any) -> str:
        """The text of an upload. A fault is said beside the field."""
        if file.size > settings.UPLOAD_LIMIT:
            self.add_error("file", _("The file is too large."))
            return ""
        with TemporaryDirectory(prefix="sheke-check-") as folder:
            path = Path(folder) / f"file{Path(file.name).suffix.lower()[:10]}"
            path.write_bytes(b"".join(file.chunks()))
            try:
                text = read_text(path)
            except BadInput as error:
                self.add_error("file", str(error).replace(path.name, file.name))
                return ""
        if not text.strip():
            self.add_error(
                "file",
                _("“%(name)s” holds no text; a scan is recognised when it is taken in.")
                % {"name": file.name},
            )
        return text
