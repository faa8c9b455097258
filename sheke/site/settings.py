"""The one settings file. What an office may set comes from the environment (see docs/settings.md)."""

from __future__ import annotations

import secrets
from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from . import env
from .logs import logging_settings

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
    "sheke.api",
    "sheke.reports",
    "sheke.meetings",
    "sheke.plans",
    "sheke.calls",
    "sheke.returns",
    "sheke.library",
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
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "axes",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "django_typer",
    "rules.apps.AutodiscoverRulesConfig",
]

MIDDLEWARE = [
    "sheke.site.page_cache.PageCache",
    "sheke.site.observing.Observed",
    "sheke.site.health.probes",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "sheke.site.middleware.size_limit",
    "sheke.site.replicas.ReadYourWrites",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "sheke.site.middleware.SignInRequired",
    "sheke.directory.middleware.acting_organisation",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "sheke.accounts.middleware.last_seen",
    "sheke.accounts.middleware.FirstThingsFirst",
    "sheke.site.middleware.BadRequests",
    "axes.middleware.AxesMiddleware",
]

# So that sheke/site/templates/django/forms/ may hold widgets of ours.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
ROOT_URLCONF = "sheke.site.urls"
WSGI_APPLICATION = "sheke.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                f"sheke.site.templatetags.{name}" for name in ("ui", "ui_forms", "ui_kept")
            ],
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
DATABASES |= env.replicas("SHEKE_REPLICA_URLS", DATABASES["default"])
DATABASE_ROUTERS = ["sheke.site.replicas.Router"] if len(DATABASES) > 1 else []
# Triggers that keep the audit log, versions and snapshots append-only; see sheke/core/guards.py.
APPEND_ONLY_GUARDS = True
# In each process's memory. Django's own bound of 300 would not hold the figures of a few pages.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# The kinds of organisations whose records the office above confirms; “none” for no confirmation.
CONFIRM_KINDS = env.names(
    "SHEKE_CONFIRM_KINDS",
    ("county_federation", "university_federation", "society", "research_base",
     "popularisation_base", "other"),
)  # fmt: skip

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
AXES_LOCKOUT_CALLABLE = "sheke.accounts.views.sign_in.locked_out"
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = AXES_VERBOSE = False
AXES_CLIENT_IP_CALLABLE = "sheke.accounts.addresses.client_address"
# So many proxies stand before the site; each adds the address that it sees to X-Forwarded-For.
PROXIES = env.number("SHEKE_PROXIES", 0)
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
# Requests of one token of the interface for other systems, in each web process.
API_RATE = env.text("SHEKE_API_RATE", "600/min")
CSRF_FAILURE_VIEW = "sheke.site.views.csrf_failed"
PASSWORD_RESET_TIMEOUT = 2 * 60 * 60  # seconds that a link to a new password is good for
INVITATION_DAYS = env.number("SHEKE_INVITATION_DAYS", 14)
SIGN_IN_HISTORY_DAYS = env.number("SHEKE_SIGN_IN_HISTORY_DAYS", 180)
# Who must have a second factor: nobody, those who administer something, or everyone.
SECOND_FACTOR = env.one_of("SHEKE_SECOND_FACTOR", ("", "administrators", "everyone"))
# django-allauth: its pages are chosen and routed in sheke/accounts/routes.py.
ACCOUNT_ADAPTER = "sheke.accounts.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]  # there is no sign-up; silences a check
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60  # seconds
ACCOUNT_RATE_LIMITS = {
    "login": "100/m/ip", "login_failed": "100/m/ip,10/5m/key", "reset_password": "20/h/ip,5/h/key",
    "open_link": "60/m/ip", "invite": "100/h/user", "object": "10/h/ip",
}  # fmt: skip
MFA_ADAPTER = "sheke.accounts.adapters.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    "add_webauthn": "sheke.accounts.forms.AddPasskeyForm",
    "authenticate": "sheke.accounts.forms.CodeForm",
}
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = env.text("SHEKE_NAME", "Sheke")
MFA_TOTP_TOLERANCE = 1  # steps of half a minute that a phone's clock may be wrong
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = False
USERSESSIONS_ADAPTER = "allauth.usersessions.adapter.DefaultUserSessionsAdapter"
SOCIALACCOUNT_ADAPTER = "sheke.accounts.adapters.IdentityAdapter"
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_PROVIDERS = {"openid_connect": env.openid("SHEKE_OIDC")}
LOGIN_URL = "site:sign_in"
LOGIN_REDIRECT_URL = "site:home"
LOGOUT_REDIRECT_URL = "site:sign_in"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
TIME_ZONE = env.text("SHEKE_TIME_ZONE", "Asia/Shanghai")
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
# Names with a digest, compressed, served for good: when SHEKE_STATIC_ROOT is set. Otherwise whitenoise
# serves the files from the apps themselves, so that a fresh clone needs no step before.
STATIC_ROOT = env.folder("SHEKE_STATIC_ROOT", None)
WHITENOISE_USE_FINDERS = STATIC_ROOT is None
WHITENOISE_AUTOREFRESH = DEBUG
STORAGES = {
    # Uploads are never served from here; views hand them out as attachments.
    "default": env.files("SHEKE_FILES_URL", VAR / "files"),
    "staticfiles": {
        "BACKEND": "sheke.site.static_files.Hashed"
        if STATIC_ROOT
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
UPLOAD_LIMIT = env.number("SHEKE_UPLOAD_LIMIT_MB", 50) * 1024 * 1024
# A backup every night into this folder; without it none is made by itself.
BACKUP_FOLDER = env.text("SHEKE_BACKUP_FOLDER").strip()
BACKUP_KEEP = env.number("SHEKE_BACKUP_KEEP", 14)
# Fonts of reports laid out by GB/T 9704, by role; see sheke/reports/word/fonts.py.
WORD_FONTS = env.pairs(
    "SHEKE_WORD_FONTS", ("title", "heading1", "heading2", "body", "number", "latin")
)

TASKS = {
    "default": {"BACKEND": env.text("SHEKE_TASKS", "django_tasks_db.DatabaseBackend")},
}
JOB_WORKERS = env.number("SHEKE_JOBS", 1)  # processes that “sheke serve” starts for them

# Telling people: sheke/notices. The site's own address stands in mails, which know no request.
SITE_URL = env.text("SHEKE_URL").rstrip("/")
MAIL_SERVER = env.mail("SHEKE_MAIL_URL")
globals().update(MAIL_SERVER)
MAIL_READY = bool(MAIL_SERVER)
EMAIL_TIMEOUT = 20  # seconds
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text("SHEKE_MAIL_FROM", "sheke@localhost")
SMS_URL = env.text("SHEKE_SMS_URL")
SMS_SECRET = env.text("SHEKE_SMS_SECRET")
SMS_COUNTRY = env.text("SHEKE_SMS_COUNTRY", "CN")
NOTICES_HOSTS = env.names("SHEKE_NOTICES_HOSTS")
# What holds for those who chose nothing: off, once, daily, weekly.
NOTICES_PACE = {
    "mail": env.text("SHEKE_NOTICES_MAIL", "daily"),
    "sms": env.text("SHEKE_NOTICES_SMS", "off"),
}
NOTICES_KEEP_DAYS = env.number("SHEKE_NOTICES_KEEP_DAYS", 90)

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        # A form that leads to the organisation's own sign-in service is redirected there.
        "form-action": [SELF, *env.names("SHEKE_OIDC_ORIGINS")],
        "frame-ancestors": [NONE],
    }
}
SECURE = env.flag("SHEKE_HTTPS")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SECURE
SESSION_ENGINE = "sheke.site.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
if SECURE:
    SECURE_HSTS_SECONDS = env.number("SHEKE_HSTS_SECONDS", 0)
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

METRICS_TOKEN = env.text("SHEKE_METRICS_TOKEN")
METRICS_FROM = env.networks("SHEKE_METRICS_FROM", ("127.0.0.1", "::1"))
PAGE_CACHE_SECONDS = env.number("SHEKE_PAGE_CACHE_SECONDS", 60)
SLOW_MS = env.number("SHEKE_SLOW_MS", 1000)
# Reviewers of one unit are colleagues; units stand at this depth of the tree, 0 being the root.
CALLS_EMPLOYER_DEPTH = env.number("SHEKE_CALLS_EMPLOYER_DEPTH", 1)
# Statistics of applicants by age, gender and title show no group of fewer.
CALLS_LEAST_SHOWN = env.number("SHEKE_CALLS_LEAST_SHOWN", 5)
# The library's search: tantivy where it runs, else sqlite; opensearch for several machines.
LIBRARY_INDEX = env.one_of("SHEKE_LIBRARY_INDEX", ("", "tantivy", "sqlite", "opensearch"))
LIBRARY_PASSAGES_FOLDER = env.folder("SHEKE_LIBRARY_PASSAGES_FOLDER", VAR / "library-passages")
LIBRARY_INDEX_FOLDER = env.folder("SHEKE_LIBRARY_INDEX_FOLDER", VAR / "library-index")
OPENSEARCH_URL = env.text("SHEKE_OPENSEARCH_URL", "http://127.0.0.1:9200").rstrip("/")
OPENSEARCH_INDEX = env.text("SHEKE_OPENSEARCH_INDEX", "sheke-library")
# Files below this folder, in a folder for each organisation's code, are taken in by themselves.
LIBRARY_FOLDER = env.text("SHEKE_LIBRARY_FOLDER").strip()
LOGGING_CONFIG = "logging.config.dictConfig"
LOGGING = logging_settings(
    env.text("SHEKE_LOG_LEVEL", "WARNING").upper(),
    env.one_of("SHEKE_LOG_FORMAT", ("text", "json")),
)
