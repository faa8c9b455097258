"""Ask the public list of known vulnerabilities (OSV) about the exact versions in uv.lock.

Ends with 1 where one is known. Without the internet nothing can be asked; that is said and is no fault:
`tests/test_dependencies.py` looks at versions and licences without it.
"""

from __future__ import annotations

import subprocess
import sys

OFFLINE = ("dns error", "Connect", "timed out", "Request failed")
command = ["uv", "audit", "--frozen", "--preview-features", "audit-command"]
asked = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
if asked.returncode and any(words in asked.stderr for words in OFFLINE):
    print("The list of vulnerabilities cannot be reached from here; nothing was asked.")
    sys.exit(0)
print(asked.stdout, asked.stderr, sep="")
sys.exit(asked.returncode)
