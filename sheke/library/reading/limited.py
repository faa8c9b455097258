"""Run as a process of its own: bounds itself, then becomes the command that follows.

python -I limited.py MEMORY_BYTES CPU_SECONDS FILE_BYTES command…
"""

import contextlib
import os
import sys


def main() -> None:
    memory, seconds, size, *command = sys.argv[1:]
    with contextlib.suppress(ImportError):  # not every system has limits
        import resource

        for limit, value in (
            (resource.RLIMIT_AS, int(memory)), (resource.RLIMIT_CPU, int(seconds)),
            (resource.RLIMIT_FSIZE, int(size)), (resource.RLIMIT_CORE, 0),
        ):  # fmt: skip
            with contextlib.suppress(ValueError, OSError):
                resource.setrlimit(limit, (value, value))
    os.execvp(command[0], command)  # noqa: S606  the command is our own


if __name__ == "__main__":
    main()
