"""`sheke check` finds what is wrong, and says how to mend it."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from sheke.core import audit
from sheke.core.chain import seal_events
from sheke.core.models import AuditEvent
from sheke.directory.models import Account
from sheke.ledger.evidence.actions import store_file
from sheke.ledger.models import StoredFile
from sheke.site.backup.restoring import MARK
from sheke.site.checks.findings import LOOKS, Severity, findings
from sheke.site.demo.people import PASSWORD
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.VAR = tmp_path
    settings.DEMO = False
    return tmp_path


def found(**options: bool) -> dict[str, Severity]:
    return {finding.id: finding.severity for finding in findings(**options)}


def test_what_must_be_mended_says_how():
    for finding in findings(deep=True, files=True):
        assert finding.what
        assert finding.mend or finding.severity == Severity.INFO or finding.id.startswith("django.")
    assert len(LOOKS) > 20


def test_errors_come_first():
    severities = [finding.severity for finding in findings()]
    assert severities == sorted(severities, key=list(Severity).index)


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"DEBUG": True}, "web.debug"),
        ({"SECRET_KEY": "short"}, "machine.key"),
        ({"SECRET_KEY": "a" * 60}, "machine.key"),
        ({"ALLOWED_HOSTS": ["*"]}, "web.hosts_any"),
    ],
)
def test_a_dangerous_setting_is_an_error(settings, changes, key):
    assert key not in found()
    for name, value in changes.items():
        setattr(settings, name, value)
    assert found()[key] == Severity.ERROR


def test_a_site_on_the_network_wants_https_and_then_a_proxy(settings):
    settings.ALLOWED_HOSTS = ["sheke.example"]
    settings.SECURE = False
    assert found()["web.https"] == Severity.WARNING
    settings.SECURE, settings.SECURE_HSTS_SECONDS, settings.PROXIES = True, 0, 0
    now = found()
    assert "web.https" not in now
    assert (now["web.hsts"], now["web.proxies"]) == (Severity.INFO, Severity.WARNING)


def test_what_the_guide_says_leaves_nothing_to_mend(settings):
    """Subdomains are the owner's own business; nginx takes as much as a form may bring."""
    settings.ALLOWED_HOSTS, settings.SECURE = ["sheke.example"], True
    settings.SECURE_HSTS_SECONDS, settings.PROXIES = 31_536_000, 1
    assert not [key for key in found() if key.startswith(("web.https", "django.security"))]
    (told,) = [one for one in findings() if one.id in ("web.upload_limit", "web.uploads")]
    nginx = (Path(__file__).parents[3] / "deploy/nginx/sheke.conf").read_text()
    assert re.search(r"client_max_body_size \d+m;", told.mend)[0] in nginx


def test_a_key_that_others_may_read(folder):
    (folder / "secret_key").write_text("x" * 50)
    (folder / "secret_key").chmod(0o644)
    assert found()["machine.key_rights"] == Severity.ERROR
    (folder / "secret_key").chmod(0o600)
    assert "machine.key_rights" not in found()


def test_a_disk_that_is_nearly_full(monkeypatch):
    from sheke.site.checks import machine

    monkeypatch.setattr(machine, "SPACE", 10**18)
    assert found()["machine.space"] == Severity.WARNING


def test_a_missing_migration(monkeypatch):
    from django.db.migrations.executor import MigrationExecutor
    from django.db.migrations.migration import Migration

    step = Migration("0099_later", "ledger")
    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda *_given: [(step, False)])
    line = next(f for f in findings() if f.id == "database.migrations")
    assert "ledger.0099_later" in line.what and "sheke setup" in line.mend


def test_a_restore_that_was_killed_is_named(folder):
    (folder / MARK).write_text(
        json.dumps({"backup": "/backups/one", "made_at": "then", "started": "now"})
    )
    line = next(f for f in findings() if f.id == "database.restore")
    assert "/backups/one" in line.what and line.mend == "sheke restore /backups/one"


def test_passwords_of_the_demonstration():
    account = Account.objects.create_user(username="kezhang", password=PASSWORD)
    assert found()["people.demo_password"] == Severity.ERROR
    account.set_password("another-one-2026")
    account.save()
    assert "people.demo_password" not in found()


def test_too_many_and_forgotten_superusers():
    for n in range(4):
        Account.objects.create_user(
            username=f"root{n}", password="x", is_superuser=True, last_login=timezone.now()
        )
    now = found()
    assert now["people.superusers"] == Severity.WARNING
    assert "people.unused" not in now
    Account.objects.filter(username="root0").update(last_login=timezone.now() - timedelta(days=200))
    assert found()["people.unused"] == Severity.WARNING


def test_a_federation_that_nobody_administers():
    root = factories.organisation(kind="federation")
    assert found()["people.nobody"] == Severity.ERROR
    factories.account(root, "administrator")
    assert "people.nobody" not in found()


def test_the_age_of_the_last_backup():
    factories.record(factories.lecture_type(), factories.organisation())
    assert found()["backup.none"] == Severity.WARNING
    audit.record("backup.make", by=None)
    assert found()["backup.last"] == Severity.INFO
    with time_machine.travel(timezone.now() + timedelta(days=3)):
        assert found()["backup.old"] == Severity.WARNING


def test_files_that_are_missing_or_changed():
    store_file(file=BytesIO(b"%PDF-1.4 one"), name="one.pdf")
    stored = StoredFile.objects.get()
    assert not {"files.missing", "files.changed"} & set(found(files=True))
    path = Path(default_storage.path(stored.file.name))
    path.write_bytes(b"%PDF-1.4 two")
    assert "files.changed" not in found()
    assert found(files=True)["files.changed"] == Severity.ERROR
    path.unlink()
    assert found()["files.missing"] == found(files=True)["files.missing"] == Severity.ERROR


def test_an_event_that_was_rewritten():
    audit.record("trial.one", by=None)
    seal_events()
    assert found(deep=True)["audit.holds"] == Severity.INFO
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = replica")  # no triggers
        else:
            cursor.execute("DROP TRIGGER IF EXISTS core_auditevent_change")
        cursor.execute("UPDATE core_auditevent SET verb = 'trial.two'")
    assert AuditEvent.objects.get().verb == "trial.two"
    assert found(deep=True)["audit.chain"] == Severity.ERROR


def test_a_look_that_fails_does_not_hide_the_others(monkeypatch):
    from sheke.site.checks import keeping

    def broken(**_given):
        raise OSError("no such bucket")

    factories.record(factories.lecture_type(), factories.organisation())
    store_file(file=BytesIO(b"%PDF-1.4 one"), name="one.pdf")
    monkeypatch.setattr(keeping.default_storage, "exists", lambda _name: broken())
    now = {finding.id: finding for finding in findings()}
    assert "no such bucket" in now["check.files_there"].what
    assert "backup.none" in now


def test_the_command_ends_with_one_on_errors_only(settings, capsys):
    with pytest.raises(SystemExit) as ended:
        settings.DEBUG = True
        call_command("check", "--json")
    assert ended.value.code == 1
    told = json.loads(capsys.readouterr().out)
    assert told["error"] == sum(f["severity"] == "error" for f in told["findings"]) >= 1
    assert set(told["findings"][0]) == {"id", "severity", "what", "mend"}


def test_the_page_is_for_administrators_of_the_whole(client):
    root = factories.organisation(kind="federation")
    society = factories.organisation(parent=root)
    client.force_login(factories.account(society, "administrator"))
    assert client.get("/installation/").status_code == 403
    client.force_login(factories.account(root, "administrator"))
    page = client.get("/installation/")
    assert page.status_code == 200
    assert "SHEKE_MAIL_URL" in page.content.decode()
