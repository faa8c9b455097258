"""The migrations say what the models say, and run on an empty database."""

from __future__ import annotations

import os
import subprocess
import sys


def sheke(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    env = os.environ | environment | {"DJANGO_SETTINGS_MODULE": "sheke.site.settings"}
    command = [sys.executable, "-m", "sheke", *arguments]
    return subprocess.run(command, env=env, capture_output=True, text=True, check=False)


def test_no_model_has_changed_since_its_migration():
    # --nomigrations hides the migrations from the test run itself; a process of its own sees them.
    result = sheke("makemigrations", "--check", "--dry-run")
    assert result.returncode == 0, result.stdout + result.stderr


def test_they_run_on_an_empty_database(tmp_path):
    result = sheke("migrate", "--verbosity", "0", SHEKE_VAR=str(tmp_path), SHEKE_DATABASE_URL="")
    assert result.returncode == 0, result.stderr
    listed = sheke("showmigrations", "ledger", SHEKE_VAR=str(tmp_path), SHEKE_DATABASE_URL="")
    assert "[X] 0001_initial" in listed.stdout
