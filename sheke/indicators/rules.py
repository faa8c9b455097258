"""Who may: values are seen by those who act for the organisation or for one above it."""

from __future__ import annotations

import rules

from sheke.directory.rules import acts_for

rules.add_perm("indicators.view", acts_for)  # type: ignore[no-untyped-call]
