"""Confirmation of records by the office above, and its questions about them."""
