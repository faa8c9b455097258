"""Post a month's records from another system: python post_month.py records.csv

The table has the columns type, title, date, organisation, and any others as `amounts.attendance` or
`fields.level`. Run it again after a broken connection: what was posted is not posted twice, because every
batch carries a key made of its own content. Needs nothing but Python. Set SHEKE_URL and SHEKE_TOKEN.
"""

import csv
import hashlib
import json
import os
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

BATCH = 100
TRIES = 5


def main() -> None:
    url = os.environ["SHEKE_URL"].rstrip("/") + "/api/v1/records"
    token = os.environ["SHEKE_TOKEN"]
    with Path(sys.argv[1]).open(encoding="utf-8-sig", newline="") as file:
        records = [read(row) for row in csv.DictReader(file)]
    for start in range(0, len(records), BATCH):
        made = post(url, token, records[start : start + BATCH])
        print(
            f"rows {start + 1}–{start + len(made)}: records {', '.join(str(r['id']) for r in made)}"
        )


def read(row: dict) -> dict:
    """`amounts.attendance` becomes {"amounts": {"attendance": …}}; empty cells are left out."""
    record: dict = {}
    for name, value in row.items():
        group, _dot, key = name.partition(".")
        if value and key:
            record.setdefault(group, {})[key] = value
        elif value:
            record[name] = value
    return record


def post(url: str, token: str, records: list) -> list:
    body = json.dumps({"records": records}, sort_keys=True).encode()
    headers = {
        "Authorization": f"Bearer {token}",
        "Content-Type": "application/json",
        "Idempotency-Key": hashlib.sha256(body).hexdigest(),
    }
    for attempt in range(TRIES):
        try:
            request = urllib.request.Request(url, body, headers)
            with urllib.request.urlopen(request, timeout=60) as answer:
                return json.load(answer)["records"]
        except urllib.error.HTTPError as error:
            if error.code not in (429, 500, 502, 503, 504):
                sys.exit(f"refused: {json.load(error)['detail']}")
        except (urllib.error.URLError, TimeoutError):
            pass
        time.sleep(2**attempt)
    sys.exit("The server cannot be reached; run this again later.")


if __name__ == "__main__":
    main()
