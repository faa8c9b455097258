"""Copied passages in what is sent in: texts of versions and of reports, compared by the library."""
