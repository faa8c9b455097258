"""Pages of reporting, one file per noun."""
