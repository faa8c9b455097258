"""The one settings file. What an office may set comes from the environment (see docs/settings.md)."""

from __future__ import annotations

import secrets
from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from . import env

ROOT = Path(__file__).resolve().parents[2]
VAR = env.folder("SHEKE_VAR", ROOT / "var")
# In a wheel the packs travel inside the package.
PACKS = next(
    p for p in (ROOT / "packs", Path(__file__).resolve().parents[1] / "packs") if p.is_dir()
)


def secret_key() -> str:
    """From SHEKE_SECRET_KEY, else a key made once and kept beside the database."""
    if key := env.text("SHEKE_SECRET_KEY"):
        return key
    path = VAR / "secret_key"
    if not path.exists():
        VAR.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text().strip()


SECRET_KEY = secret_key()
DEBUG = env.flag("SHEKE_DEBUG")
DEMO = env.flag("SHEKE_DEMO")
ALLOWED_HOSTS = env.names("SHEKE_HOSTS", ("localhost", "127.0.0.1", "[::1]"))
CSRF_TRUSTED_ORIGINS = env.names("SHEKE_ORIGINS")

INSTALLED_APPS = [
    "sheke.site",
    "sheke.reports",
    "sheke.meetings",
    "sheke.plans",
    "sheke.returns",
    "sheke.indicators",
    "sheke.ledger",
    "sheke.accounts",
    "sheke.notices",
    "sheke.directory",
    "sheke.definitions",
    "sheke.core",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "axes",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "django_typer",
    "rules.apps.AutodiscoverRulesConfig",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "sheke.site.middleware.size_limit",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "sheke.site.middleware.SignInRequired",
    "sheke.directory.middleware.acting_organisation",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "sheke.site.middleware.BadRequests",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "sheke.site.urls"
WSGI_APPLICATION = "sheke.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["sheke.site.templatetags.ui", "sheke.site.templatetags.ui_forms"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "sheke.site.context.site",
            ],
        },
    },
]

DATABASES = {"default": env.database("SHEKE_DATABASE_URL", VAR / "sheke.sqlite3")}
# Triggers that keep the audit log, versions and snapshots append-only; see sheke/core/guards.py.
APPEND_ONLY_GUARDS = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "directory.Account"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "rules.permissions.ObjectPermissionBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
# Ten wrong passwords for one name from one address, and sign-in pauses for a quarter of an hour.
AXES_FAILURE_LIMIT = env.number("SHEKE_SIGN_IN_TRIES", 10)
AXES_COOLOFF_TIME = timedelta(minutes=env.number("SHEKE_SIGN_IN_PAUSE_MINUTES", 15))
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "sheke.site.views.locked_out"
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = AXES_VERBOSE = False
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
CSRF_FAILURE_VIEW = "sheke.site.views.csrf_failed"
LOGIN_URL = "site:sign_in"
LOGIN_REDIRECT_URL = "site:home"
LOGOUT_REDIRECT_URL = "site:sign_in"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
TIME_ZONE = env.text("SHEKE_TIME_ZONE", "Asia/Shanghai")
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = None  # whitenoise serves the files from the apps themselves
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        # Uploads are never served from here; views hand them out as attachments.
        "OPTIONS": {"location": VAR / "files", "base_url": None},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
UPLOAD_LIMIT = env.number("SHEKE_UPLOAD_LIMIT_MB", 50) * 1024 * 1024
# Fonts of reports laid out by GB/T 9704, by role; see sheke/reports/word/fonts.py.
WORD_FONTS = env.pairs(
    "SHEKE_WORD_FONTS", ("title", "heading1", "heading2", "body", "number", "latin")
)

TASKS = {
    "default": {"BACKEND": env.text("SHEKE_TASKS", "django_tasks_db.DatabaseBackend")},
}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
SECURE = env.flag("SHEKE_HTTPS")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
if SECURE:
    SECURE_HSTS_SECONDS = env.number("SHEKE_HSTS_SECONDS", 0)
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": env.text("SHEKE_LOG_LEVEL", "WARNING")},
}
