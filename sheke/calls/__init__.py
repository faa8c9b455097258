"""Calls: from a call to certificates. A programme is a definition; see docs/calls/."""
