"""Django's settings, made from Lingting's own (`options.py`), in one place."""

import os
import secrets
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from lingting.site import options

try:
    LINGTING, LINGTING_ORIGINS = options.read(os.environ)
except options.BadSetting as error:
    raise ImproperlyConfigured(str(error)) from error

LINGTING_OPTIONS = options.OPTIONS
HOME: Path = LINGTING["HOME"].absolute()
(HOME / "static").mkdir(parents=True, exist_ok=True)
PACKAGE = Path(__file__).parent.parent


def _secret() -> str:
    """Return the given key, or the one kept in HOME, made at the first start."""
    if LINGTING["SECRET"]:
        return str(LINGTING["SECRET"])
    kept = HOME / "secret"
    if not kept.exists():
        descriptor = os.open(kept, os.O_WRONLY | os.O_CREAT, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(50))
    return kept.read_text(encoding="ascii")


SECRET_KEY = _secret()
DEBUG = LINGTING["DEBUG"]
ALLOWED_HOSTS = list(LINGTING["HOSTS"])

INSTALLED_APPS = [
    "lingting.ledger.apps.LedgerConfig",
    "lingting.access",
    "lingting.registers.parties",
    "lingting.registers.conversations",
    "lingting.registers.promises",
    "lingting.registers.improvements",
    "lingting.registers.designs",
    "lingting.registers.offerings",
    "lingting.registers.orders",
    "lingting.registers.deliveries",
    "lingting.registers.complaints",
    "lingting.registers.surveys",
    "lingting.registers.channels",
    "lingting.registers.property",
    "lingting.registers.contingencies",
    "lingting.registers.suppliers",
    "lingting.registers.instruments",
    "lingting.registers.surroundings",
    "lingting.registers.documents",
    "lingting.registers.processes",
    "lingting.registers.direction",
    "lingting.registers.people",
    "lingting.registers.agreements",
    "lingting.registers.audits",
    "lingting.conformity",
    "lingting.web",
    "ninja",
    "axes",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "lingting.web.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "lingting.site.urls"
WSGI_APPLICATION = "lingting.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [PACKAGE / "web" / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {"environment": "lingting.web.environment.environment"},
    },
]

SQLITE: dict[str, Any] = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": HOME / "lingting.sqlite3",
    "OPTIONS": {
        # DEFERRED made 419 of 1,000 concurrent writers fail; IMMEDIATE waits its turn.
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA recursive_triggers=ON;"
            "PRAGMA cache_size=-64000; PRAGMA mmap_size=2147418112; PRAGMA temp_store=MEMORY;"
        ),
    },
    "TEST": {"NAME": HOME / f"test-{os.getpid()}.sqlite3"},
}
# Compiling our long questions takes PostgreSQL longer than answering them: without, judging every clause takes three quarters of the time. Counting a
# million conversations joins tables of which 4 MB, as it comes, hold a tenth; and a disk without moving parts finds a row nearly as fast as the next one.
POSTGRES_ASKS = {"options": "-c jit=off -c work_mem=32MB -c random_page_cost=1.1", **LINGTING["DATABASE"].get("OPTIONS", {})} if LINGTING["DATABASE"] else {}
POSTGRES_KEEP = {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True, "OPTIONS": POSTGRES_ASKS}
DATABASES = {"default": {**LINGTING["DATABASE"], **POSTGRES_KEEP} if LINGTING["DATABASE"] else SQLITE}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "access.Account"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "today"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "lingting.web.pages.sign_in.locked"
CSRF_FAILURE_VIEW = "lingting.web.errors.forged"
AXES_ENABLE_ADMIN = False

LANGUAGE_CODE = LINGTING["LANGUAGE"]
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "web" / "locale"]
USE_I18N = True
TIME_ZONE = LINGTING["ZONE"].key
USE_TZ = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [PACKAGE / "web" / "static"]
STATIC_ROOT = HOME / "static"
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600

SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = LINGTING["HTTPS"]
SECURE_HSTS_SECONDS = 31_536_000 if LINGTING["HTTPS"] else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if LINGTING["HTTPS"] else None
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "media-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
