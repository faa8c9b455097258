"""Several machines' databases: nobody sees less than they wrote, and reading outlives the primary."""

from __future__ import annotations

import json
import random
import re
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import psycopg
import pytest
import requests

from .conftest import ROOT, script, sheke, site, until

NAMES = ("alpha", "beta", "gamma")
PAGES = ("/", "/ledger/", "/indicators/", "/organisations/", "/plans/", "/reports/")
FOUNDED = re.compile(r'name="valid_from"[^>]*?value="([\d-]+)"')


@dataclass
class Office:
    address: str
    urls: list[str]
    folder: Path
    sessions: dict[str, str] = field(default_factory=dict)

    def person(self, name: str) -> Person:
        return Person(self.address, name, self.sessions[name])

    def server(self, verb: str, name: str) -> None:
        subprocess.run(
            [ROOT / "scripts/replicas.sh", verb, self.folder / "pg", name], check=True,
            stdin=subprocess.DEVNULL, capture_output=True,
        )  # fmt: skip

    def reads_of_replicas(self) -> float:
        text = requests.get(f"{self.address}/metrics", timeout=5).text
        found = re.search(
            r'^sheke_reads_total\{database="replica"\} ([\d.e+]+)', text, re.MULTILINE
        )
        return float(found[1]) if found else 0.0

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Both replicas receive and do not replay."""
        for url in self.urls[1:]:
            on(url, "SELECT pg_wal_replay_pause()")
        for url in self.urls[1:]:
            until(lambda url=url: on(url, "SELECT pg_get_wal_replay_pause_state()") == "paused")
        try:
            yield
        finally:
            for url in self.urls[1:]:
                on(url, "SELECT pg_wal_replay_resume()")


class Person:
    """A browser. Each person alone writes the day on which the organisation of that name was founded."""

    def __init__(self, address: str, name: str, session: str) -> None:
        self.place = f"{address}/organisations/at/{name}/facts/"
        self.name, self.address, self.written = name, address, date(1980, 1, 1)
        self.browser = requests.Session()
        self.browser.cookies.set("sessionid", session)
        self.browser.headers["Referer"] = address

    def get(self, path: str) -> requests.Response:
        return self.browser.get(self.address + path, timeout=20, allow_redirects=False)

    def read(self) -> date:
        answer = self.browser.get(self.place, timeout=20)
        assert answer.status_code == 200, answer.text[:500]
        found = FOUNDED.search(answer.text)
        assert found, answer.text[:3000]
        return date.fromisoformat(found[1])

    def send(self, day: date) -> requests.Response:
        if "csrftoken" not in self.browser.cookies:
            self.read()
        data = {
            "kind": "society", "code": self.name, "valid_from": day.isoformat(),
            "csrfmiddlewaretoken": self.browser.cookies["csrftoken"],
        }  # fmt: skip
        return self.browser.post(self.place, data, timeout=20, allow_redirects=False)

    def write(self) -> None:
        self.written += timedelta(days=1)
        answer = self.send(self.written)
        assert answer.status_code in (204, 302), (answer.status_code, answer.text[:2000])


def on(url: str, statement: str) -> object:
    with psycopg.connect(url, autocommit=True) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchone()[0] if cursor.description else None  # type: ignore[index]


def founded(url: str, name: str) -> date:
    found = on(url, f"SELECT valid_from FROM directory_organisation WHERE code = '{name}'")
    assert isinstance(found, date)
    return found


@pytest.fixture(scope="module")
def office(cluster: list[str], folder: Path) -> Iterator[Office]:
    """A site of two processes over the primary and its replicas, and people who are signed in."""
    primary, *replicas = cluster
    env = {
        "SHEKE_VAR": str(folder / "var"), "SHEKE_DATABASE_URL": primary,
        "SHEKE_REPLICA_URLS": ",".join(replicas), "SHEKE_LOG_LEVEL": "WARNING",
    }  # fmt: skip
    sheke(env, "setup")
    sessions = json.loads(script(env, "tests.deploy.people", *NAMES))
    with site(env, folder, "--workers", "2", "--jobs", "0") as address:
        yield Office(address, cluster, folder, sessions)


def test_ones_own_write_is_seen_while_no_replica_has_it(office: Office) -> None:
    person = office.person("alpha")
    person.write()
    with office.paused():
        for _n in range(3):
            person.write()
            assert person.read() == person.written
        assert [founded(url, "alpha") < person.written for url in office.urls[1:]] == [True, True]
    until(lambda: [founded(url, "alpha") for url in office.urls[1:]] == [person.written] * 2)
    before = office.reads_of_replicas()
    assert person.read() == person.written
    until(lambda: person.read() and office.reads_of_replicas() > before)


def test_what_was_ended_is_ended_at_once(office: Office) -> None:
    """Sessions are read from the primary, also by somebody who wrote nothing."""
    person = office.person("gamma")
    assert person.get("/ledger/").status_code == 200
    with office.paused():
        on(
            office.urls[0],
            f"DELETE FROM django_session WHERE session_key = '{office.sessions['gamma']}'",
        )
        assert person.get("/ledger/").status_code == 302


def test_random_histories_show_nobody_less_than_they_wrote(office: Office) -> None:
    people = [office.person(name) for name in NAMES[:2]]
    for person in people:
        person.written = founded(office.urls[0], person.name)
        person.write()
    before = office.reads_of_replicas()
    over, wrong = threading.Event(), []

    def live(person: Person, chance: random.Random) -> None:
        while not over.is_set():
            try:
                person.write() if chance.random() < 0.3 else None
                seen = person.read()
                if seen != person.written:
                    wrong.append((person.name, person.written, seen))
            except Exception as error:
                wrong.append((person.name, person.written, error))

    threads = [
        threading.Thread(target=live, args=(person, random.Random(n)))
        for n, person in enumerate(people)
    ]
    for thread in threads:
        thread.start()
    chance, stale = random.Random(7), 0
    for _round in range(60):
        url = chance.choice(office.urls[1:])
        on(url, f"SELECT pg_wal_replay_{chance.choice(['pause', 'resume'])}()")
        time.sleep(chance.uniform(0, 0.15))
        stale += any(founded(url, p.name) < p.written for p in people)
    over.set()
    for thread in threads:
        thread.join()
    for url in office.urls[1:]:
        on(url, "SELECT pg_wal_replay_resume()")
    assert wrong == []
    assert stale > 5, "no replica was ever behind: nothing was tried"
    assert office.reads_of_replicas() > before + 5, "no replica was ever read"


def test_reading_goes_on_while_the_primary_restarts(office: Office) -> None:
    person = office.person("beta")
    person.written = founded(office.urls[0], "beta")
    person.write()
    until(lambda: all(founded(url, "beta") == person.written for url in office.urls[1:]))
    over, answers = threading.Event(), []

    def read_on() -> None:
        reader = office.person("beta")
        while not over.is_set():
            for page in PAGES:
                answers.append((page, reader.get(page).status_code))

    thread = threading.Thread(target=read_on)
    thread.start()
    time.sleep(0.5)
    office.server("down", "primary")
    try:
        time.sleep(1)
        page = person.get("/ledger/")
        assert page.status_code == 200 and "read-only" in page.text
        assert person.read() == person.written
        refused = person.send(person.written + timedelta(days=1))
        assert refused.status_code == 503 and refused.headers["Retry-After"]
        ready = requests.get(f"{office.address}/health/ready", timeout=5)
        assert ready.status_code == 200 and "database default" in ready.json()["warned"]
        time.sleep(1.5)
    finally:
        office.server("up", "primary")
    until(lambda: "read-only" not in person.get("/ledger/").text)
    over.set()
    thread.join()
    assert {status for _page, status in answers} == {200}, [a for a in answers if a[1] != 200]
    assert len(answers) > 20
    person.write()
    assert person.read() == person.written == founded(office.urls[0], "beta")


def test_a_replica_that_is_gone_is_left_out(office: Office) -> None:
    person = office.person("alpha")
    office.server("down", "replica1")
    try:
        for _n in range(10):
            assert person.get("/ledger/").status_code == 200
    finally:
        office.server("up", "replica1")
