"""Settings: everything that differs between sites comes from the workspace or the environment."""

import os
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from csp.constants import NONE, SELF

import zhuanban.site  # noqa: F401  (puts the safe SQLite in place before Django loads one)
from zhuanban.kit import workspace
from zhuanban.site.backups import keys


def _secret_key() -> str:
    try:
        return workspace.key("django").decode("ascii")
    except FileNotFoundError:
        # Commands that need no workspace still load Django; nothing signed with this key is ever stored. Where a
        # restored workspace is only read, all processes of the site share one until it stops.
        return os.environ.get(keys.READ_ONLY) or os.urandom(32).hex()


def _database() -> dict[str, Any]:
    url = os.environ.get("DATABASE_URL", "")
    if url:
        parts = urlsplit(url)
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": parts.path.lstrip("/"),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": str(parts.port or ""),
            "CONN_HEALTH_CHECKS": True,
            "CONN_MAX_AGE": 60,
            "OPTIONS": {"options": "-c lock_timeout=20000 -c statement_timeout=60000", **dict(parse_qsl(parts.query))},
        }
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": workspace.database_path(),
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            # Without IMMEDIATE, writers that read first fail at once instead of waiting their turn.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY;",
        },
    }


SECRET_KEY = _secret_key()
DEBUG = os.environ.get("ZHUANBAN_DEBUG") == "1"
_url = os.environ.get("ZHUANBAN_URL", "")
_https = _url.startswith("https://")
ALLOWED_HOSTS = ["*"] if not _url else [urlsplit(_url).hostname or "", "127.0.0.1", "localhost"]
CSRF_TRUSTED_ORIGINS = [_url] if _url else []
ADDRESS = _url.rstrip("/")
"""Where people reach the site; empty where nothing says so, then a request's own address counts."""

ROOMS = [
    "site", "plans", "reports", "meetings", "filings", "alerts", "visits", "matters", "indicators",
    "projects", "enterprises", "people", "files", "trail", "kit",
]  # fmt: skip

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_cotton.apps.SimpleAppConfig",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    *[f"zhuanban.{room}.apps.{room.title()}Config" for room in reversed(ROOMS)],
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "zhuanban.kit.middleware.request_number",
    "zhuanban.kit.middleware.next_after_upload",
    "zhuanban.kit.remembering.remembering",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    # After the language, for its page; before anything asks the database.
    "zhuanban.kit.middleware.no_nul",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "zhuanban.site.sessions.limits",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "zhuanban.kit.policy.door",
    "zhuanban.kit.middleware.body_limit",
    "zhuanban.kit.middleware.refusals",
]

ROOT_URLCONF = "zhuanban.site.urls"
WSGI_APPLICATION = "zhuanban.site.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["django_cotton.cotton_loader.Loader", "django.template.loaders.app_directories.Loader"],
                )
            ],
            "builtins": [
                "django_cotton.templatetags.cotton", "django.templatetags.i18n",
                "zhuanban.kit.templatetags.zb", "zhuanban.kit.templatetags.lists",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "zhuanban.site.context.frame",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/sign-in/"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator", "OPTIONS": {"user_attributes": ["username"]}},
    {"NAME": "zhuanban.people.passwords.ProfileRules"},
]

# Five wrong passwords lock a sign-in name for a quarter of an hour: at most twenty tries an hour, wherever they come from.
# A device on which its owner has signed in before is counted apart, so that a stranger cannot keep him out.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_USERNAME_CALLABLE = "zhuanban.site.lockout.counted_name"
AXES_CLIENT_IP_CALLABLE = "zhuanban.site.lockout.address_of"
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
PROXIES = int(os.environ.get("ZHUANBAN_PROXIES") or 0)

OTP_TOTP_ISSUER = "Zhuanban"

PASSWORD_RESET_TIMEOUT = 24 * 3600

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_NAME = "__Host-zb_session" if _https else "zb_session"
CSRF_COOKIE_NAME = "__Host-zb_csrf" if _https else "zb_csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _https
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_NAME = "zb_language"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SECURE = _https
CSRF_FAILURE_VIEW = "zhuanban.site.views.csrf_failed"
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin" if _https else None

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

STATIC_URL = "/static/"
STATIC_ROOT = Path(os.environ["ZHUANBAN_STATIC_ROOT"]) if os.environ.get("ZHUANBAN_STATIC_ROOT") else None
_COLLECTED = STATIC_ROOT is not None and (STATIC_ROOT / "staticfiles.json").is_file()
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "whitenoise.storage.CompressedManifestStaticFilesStorage"
            if _COLLECTED and not DEBUG
            else "django.contrib.staticfiles.storage.StaticFilesStorage"
        )
    },
}
WHITENOISE_USE_FINDERS = not _COLLECTED or DEBUG
WHITENOISE_KEEP_ONLY_HASHED_FILES = False

FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
# axes.W002: the sign-in page itself says that a name is locked, no middleware replaces its answer.
# axes.W006: a name is counted over all addresses and browsers, so changing them wins nothing.
SILENCED_SYSTEM_CHECKS = ["security.W004", "security.W008", "axes.W002", "axes.W006"]
