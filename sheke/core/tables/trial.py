"""Run as a process of its own: reads the workbook on standard input within the memory given."""

import contextlib
import io
import sys

from python_calamine import CalamineError, CalamineWorkbook


def main() -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):  # not every system has limits
        import resource

        limit = int(sys.argv[1])
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
        for name in book.sheet_names:
            book.get_sheet_by_name(name)
    except (CalamineError, OSError, IndexError):
        return  # damaged rather than too large: the reader will say so


if __name__ == "__main__":
    main()
