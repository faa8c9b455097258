"""How the verbs print."""

from __future__ import annotations

import json
import sys
from typing import Any


def print_json(data: Any) -> None:
    """Compact UTF-8 JSON and nothing else on standard output."""
    json.dump(data, sys.stdout, ensure_ascii=False, separators=(",", ":"), default=str)
    sys.stdout.write("\n")
