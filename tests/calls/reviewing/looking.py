"""What an account gets at addresses, as text: pages, sheets, documents, headers."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator

import pypdfium2
from django.http import HttpResponse
from django.test import Client

from sheke.directory.models import Account


def texts(account: Account, urls: Iterable[str], method: str = "get") -> Iterator[tuple[str, str]]:
    """Every answer with its headers; archives are unpacked."""
    client = Client(raise_request_exception=False)
    client.force_login(account)
    for url in urls:
        yield url, text_of(getattr(client, method)(url))


def text_of(answer: HttpResponse) -> str:
    streamed = getattr(answer, "streaming_content", None)
    body = b"".join(streamed) if streamed is not None else answer.content
    head = "\n".join(f"{name}: {value}" for name, value in answer.headers.items())
    return head + "\n" + unpacked(body)


def unpacked(body: bytes) -> str:
    if body.startswith(b"%PDF"):
        return text_of_pdf(body)
    if not body.startswith(b"PK"):
        return body.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        parts = [
            name + "\n" + archive.read(name).decode("utf-8", "replace")
            for name in archive.namelist()
        ]
    return "\n".join(parts)


def text_of_pdf(body: bytes) -> str:
    """What its pages say and what its properties hold."""
    document = pypdfium2.PdfDocument(body)
    pages = [page.get_textpage().get_text_bounded() for page in document]
    return "\n".join([*pages, *document.get_metadata_dict().values()])
