"""What a spreadsheet program would run when it opens a csv file."""

STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
