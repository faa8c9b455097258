"""What people send to the ledger's pages."""

from __future__ import annotations

import io
from datetime import date

from django.urls import reverse
from PIL import Image

DAY = date(2025, 5, 10)


def picture() -> io.BytesIO:
    file = io.BytesIO()
    Image.new("RGB", (60, 40), "#8899aa").save(file, "JPEG")
    file.seek(0)
    file.name = "现场.jpg"
    return file


def post(client, lecture, **fields):
    data = {
        "title": "宋词里的江南", "happened_on": "2025-05-10", "organisation": "city",
        "part-attendance": "1,200",
    }  # fmt: skip
    return client.post(reverse("ledger:entry", args=["lecture"]), data | fields)
