"""Who may: definitions hold for everybody, so those who administer the whole tree change them."""

from __future__ import annotations

from typing import Any

import rules


@rules.predicate
def publishes(account: Any) -> bool:
    """Administers a root organisation. Asked by name, since the directory stands above."""
    return bool(account.is_authenticated and account.has_perm("directory.administer"))


rules.add_perm("definitions.publish", publishes)
