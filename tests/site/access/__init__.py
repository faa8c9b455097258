"""Who gets what at every address of the site. A new address without a row fails the test.

Each app has a table beside this file. Each row: name, what stands in the address (of society B, see tenants/), the answer to GET, the
answer to an empty POST. `-` is 405. A number behind a word is for those whom the word names; the
others get what stands here:

    open     everyone who is signed in
    acting   those who act for an organisation; a plain member gets 403
    keeps    the same, but a plain member learns nothing: 404
    within   those who act for B or for what stands above it; the others learn nothing: 404
    office   those who work for the office above; everyone else 404
    judges   the same, but the secretary of B, who sees the thing, gets 403
    author   who made it alone; everyone else 404
    admin    the administrator of B or of what stands above it; everyone else 403
    board    the administrator, and the secretary of B itself; everyone else 403

Who is not signed in is led to the sign-in page everywhere but at PUBLIC.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

# member of A, secretary of A, secretary of B, office staff, leader, administrator
GROUPS = {
    "open": ("*", "*", "*", "*", "*", "*"),
    "acting": ("403", "*", "*", "*", "*", "*"),
    "keeps": ("404", "*", "*", "*", "*", "*"),
    "within": ("404", "404", "*", "*", "*", "*"),
    "office": ("404", "404", "404", "*", "*", "*"),
    "judges": ("404", "404", "403", "*", "*", "*"),
    "author": ("404", "404", "*", "404", "404", "404"),
    "admin": ("403", "403", "403", "403", "403", "*"),
    "board": ("403", "403", "*", "403", "403", "*"),
}
PUBLIC = {
    "site:sign_in", "site:sign_out", "site:language", "verify:form", "verify:code",
    "notices:bell", "notices:feed",
    "accounts:forgotten", "accounts:reset", "accounts:invitation", "calls:consent",
    "calls:public_notices", "calls:public_notice", "calls:objection", "calls:objection_receipt",
    "calls:results", "certificates:form", "certificates:code",
    "library:index", "library:suggestions",
    "library:experts", "library:expert", "library:expert_photo", "library:collections",
    "library:collection", "library:collection_cover", "library:work", "library:citation",
    "library:citations", "library:reader", "library:page", "library:page_image", "library:download",
    "open:link", "open:oai", "open:schema", "open:sitemap", "open:sitemap_part", "open:robots",
    "mfa_authenticate", "mfa_login_webauthn", "openid_connect_login", "openid_connect_callback",
}  # fmt: skip

HERE = Path(__file__).parent


@cache
def rows() -> dict[str, tuple[list[str], tuple[int, ...], tuple[int, ...]]]:
    """By name: the parts of the address, and the answers to GET and POST by role."""
    found = {}
    lines = [
        line for table in sorted(HERE.glob("*.txt")) for line in table.read_text().splitlines()
    ]
    for line in lines:
        name, parts, get, post = line.split()
        found[name] = ([] if parts == "." else parts.split("/"), answers(get), answers(post))
    return found


def answers(cell: str) -> tuple[int, ...]:
    group, _colon, code = ("open:405" if cell == "-" else cell).partition(":")
    return tuple(int(code if answer == "*" else answer) for answer in GROUPS[group])


# A token is asked for there, not a session.
PUBLIC |= {name for name in rows() if name.startswith("api:api-1:")}
