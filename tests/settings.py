"""The product's settings, made quick for tests."""

import atexit
import os
import shutil
import tempfile

if "SHEKE_VAR" not in os.environ:  # what the tests start inherits it, and its end removes nothing
    os.environ["SHEKE_VAR"] = tempfile.mkdtemp(prefix="sheke-tests-")
    atexit.register(shutil.rmtree, os.environ["SHEKE_VAR"], ignore_errors=True)
os.environ.setdefault("SHEKE_TASKS", "django_tasks.backends.immediate.ImmediateBackend")

from sheke.site.settings import *  # noqa: F403

# A file, for the live server answers in several threads: connections to one database in memory lock each
# other's tables and do not wait.
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":  # noqa: F405
    DATABASES["default"]["TEST"] = {"NAME": f"{os.environ['SHEKE_VAR']}/tests.sqlite3"}  # noqa: F405
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# The live server's tests empty every table; the guards have tests of their own.
APPEND_ONLY_GUARDS = False
PAGE_CACHE_SECONDS = 0  # tests change things without committing them, which is what forgets pages
MIDDLEWARE = ["tests.journeys.in_flight.counting", *MIDDLEWARE]  # noqa: F405
