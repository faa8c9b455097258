"""Tables that come from and go to people: xlsx and csv.

table = read_table(upload, upload.name)
for row_number, values in table.rows: ...
data = write_xlsx(["Name", "Date"], rows, title="Records")
write_csv(["Name", "Date"], rows)
"""

from .reading import Cell, Table, read_table
from .writing import Note, Sheet, save_xlsx, write_csv, write_xlsx

__all__ = ["Cell", "Note", "Sheet", "Table", "read_table", "save_xlsx", "write_csv", "write_xlsx"]
