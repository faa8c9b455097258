"""Measurements of the library: search, passages, recognition of scans."""
