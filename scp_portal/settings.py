"""One settings file. Everything that differs between places comes from the environment.

A value that would be unsafe to guess has a default only when ``DEBUG`` is on; otherwise its
absence stops the start with a sentence (``.env.example`` lists every variable).
"""

from pathlib import Path
from urllib.parse import quote

import structlog
from celery.schedules import crontab
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from . import surroundings

BASE_DIR = Path(__file__).resolve().parent.parent

env = surroundings.Surroundings()
env.read_env(BASE_DIR / ".env")


def required_outside_debug(name: str, when_debugging: str) -> str:
    """The variable's value; a default is lent only while DEBUG is on."""
    value = env.given(name) or (when_debugging if DEBUG else "")
    if not value:
        raise ImproperlyConfigured(
            f"{name} is not set. Set it in the environment or in .env (see .env.example)."
        )
    return value


DATA_DIR = Path(env.given("DATA_DIR") or BASE_DIR / "var")

# --- What this place is -----------------------------------------------------------------

DEBUG = env.switch("DEBUG", default=False)
SECRET_KEY = required_outside_debug("SECRET_KEY", "debug-only")
ALLOWED_HOSTS = [
    host for host in required_outside_debug("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]").split(",") if host
]
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
SITE_ADDRESS = required_outside_debug("SITE_ADDRESS", surroundings.kept_address(DATA_DIR)).rstrip("/")
DEMO = env.switch("DEMO", default=False)  # demo sign-ins are offered; never on a public address

# --- Rooms ------------------------------------------------------------------------------

INSTALLED_APPS = [
    "scp_portal.apps.PortalConfig",
    "scp_portal.apps.PortalAdminConfig",
    "news",
    "reporting",
    "training",
    "events",
    "library",
    "accounts",
    "provinces",
    "programmes",
    "foundation",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "django.contrib.humanize",
    "django.forms",  # its widget templates, for FORM_RENDERER
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_htmx",
    "django_prose_editor",
    "import_export",
    "modelsearch",
    "simple_history",
]

MIDDLEWARE = [
    "foundation.middleware.request_log",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "scp_portal.middleware.without_nul",
    "django.middleware.common.CommonMiddleware",
    "scp_portal.error_pages.own_not_found",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "scp_portal.middleware.arrived_whole",
    "accounts.middleware.second_factor",
    "scp_portal.middleware.wrong_method",
    "django_htmx.middleware.HtmxMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
]

ROOT_URLCONF = "scp_portal.urls"
WSGI_APPLICATION = "scp_portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "scp_portal.context.page",
            ],
            "builtins": ["foundation.templatetags.portal"],
        },
    }
]
FORM_RENDERER = "foundation.forms.PortalRenderer"

# --- Database ---------------------------------------------------------------------------

if env.address("DATABASE_URL", surroundings.DATABASES):
    DATABASES = {"default": env.db_url("DATABASE_URL")}
else:
    DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": DATA_DIR / "portal.sqlite3"}}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Without WAL and immediate transactions, four writers met 73 "locked" errors in 1,200 writes.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    # The pool halves the slowest answers under load; it needs CONN_MAX_AGE 0.
    DATABASES["default"].setdefault("OPTIONS", {})["pool"] = {
        "min_size": 0,
        "max_size": env.count("DATABASE_POOL", default=8),
        "timeout": 5,
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Sign-in and certificate checks count wrong tries here: what only one process knew, the next would allow.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "shared_cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    },
    "laid_out": {  # parts of documents by their content: about 60 kB each
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": DATA_DIR / "laid-out",
        "TIMEOUT": 60 * 24 * 60 * 60,
        "OPTIONS": {"MAX_ENTRIES": 5_000},
    },
}

# --- Queue ------------------------------------------------------------------------------

REDIS_URL = env.address("REDIS_URL", surroundings.BROKERS)
QUEUE_DIR = Path(env.given("QUEUE_DIR") or DATA_DIR / "queue")
CELERY_BROKER_URL = REDIS_URL or "filesystem://localhost"
if not REDIS_URL:
    CELERY_BROKER_TRANSPORT = "foundation.filequeue:Transport"
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(QUEUE_DIR),
        "data_folder_out": str(QUEUE_DIR),
        "control_folder": str(QUEUE_DIR / "control"),
        "polling_interval": 0.2,
    }
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 1_000_000  # kB; parts are laid out by processes of their own
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
JOB_LEASE_SECONDS = env.count("JOB_LEASE_SECONDS", default=20)
TYPESETTING_PROCESSES = env.count("TYPESETTING_PROCESSES", default=2)  # of one job
CELERY_TIMEZONE = "Asia/Ho_Chi_Minh"
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "beat-schedule")
CELERY_BEAT_SCHEDULE = {
    "pick up jobs whose worker died or whose message was lost": {
        "task": "foundation.tasks.resume_jobs",
        "schedule": 15.0,
        "options": {"expires": 15},  # a busy worker shall not find a heap of them afterwards
    },
    "send queued mail": {
        "task": "foundation.tasks.send_mail_queue",
        "schedule": 30.0,
        "options": {"expires": 30},
    },
    "open the periods whose day has come": {
        "task": "reporting.tasks.open_periods",
        "schedule": crontab(hour=0, minute=10),
    },
    "plan and send the day's reminders": {
        "task": "reporting.tasks.send_reminders",
        "schedule": crontab(hour=6, minute=10),  # after the periods of the day are open
    },
    "forget workbooks that nobody finished": {
        "task": "reporting.tasks.forget_workbooks",
        "schedule": crontab(hour=3, minute=20),
    },
    "compile the documents whose day has come": {
        "task": "reporting.tasks.compile_due_reports",
        "schedule": crontab(hour=2, minute=30),
    },
    "let go of files of documents that were never published": {
        "task": "reporting.tasks.let_go_of_unpublished_files",
        "schedule": crontab(hour=3, minute=30),
    },
    "fold up the trace of changes": {
        "task": "foundation.tasks.fold_up_changes",
        "schedule": 60.0,
        "options": {"expires": 60},
    },
    "forget delegates who never confirmed, and those of long ago": {
        "task": "events.tasks.forget_overdue_registrations",
        "schedule": crontab(hour=3, minute=10),
    },
}

# --- People and sign-in -----------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.permissions.PostBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    "django.contrib.auth.hashers.ScryptPasswordHasher",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "accounts.adapter.ClosedSignUp"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # accounts are made by the ministry, not by sign-up
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "accounts.reset_links.OpenAccountsOnly"  # noqa: S105 -- no password
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_TOTP_ISSUER = "SXTDBV"
SECOND_FACTOR_REQUIRED = env.switch("SECOND_FACTOR_REQUIRED", default=not DEBUG)

# --- Mail -------------------------------------------------------------------------------

env.address("EMAIL_URL", tuple(env.EMAIL_SCHEMES))
IN_FILES = f"filemail:///{quote(str(DATA_DIR / 'mail'))}"  # while DEBUG is on; the page “mailbox” shows them
EMAIL_CONFIG = env.email_url("EMAIL_URL", default=IN_FILES if DEBUG else "smtp://localhost:25")
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = required_outside_debug("DEFAULT_FROM_EMAIL", "cong-thong-tin@localhost")

# --- Languages --------------------------------------------------------------------------

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
ROOMS = ("foundation", "programmes", "provinces", "accounts", "training", "events", "library",
         "reporting", "news")  # fmt: skip
# Words that the portal shares, and those of packages that speak no Vietnamese, stand in locale/.
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale" / "packages"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
USE_I18N = True
FORMAT_MODULE_PATH = ["foundation.formats"]

# --- Files ------------------------------------------------------------------------------

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = Path(env.given("MEDIA_ROOT") or DATA_DIR / "media")
MEDIA_URL = "media/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000
UPLOAD_MAX_BYTES = 20 * 1024 * 1024

# --- Safety of the page -----------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 12 * 60 * 60
BEHIND_TLS = env.switch("BEHIND_TLS", default=not DEBUG)
ALLAUTH_TRUSTED_PROXY_COUNT = int(BEHIND_TLS)  # else all visitors would share the proxy's count of tries
SECURE_SSL_REDIRECT = BEHIND_TLS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_TLS else None
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if BEHIND_TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = BEHIND_TLS
SECURE_HSTS_PRELOAD = BEHIND_TLS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BEHIND_TLS

# --- Search, history, import ------------------------------------------------------------

MODELSEARCH_BACKENDS = {
    # The text is folded before it is indexed; a stemmer for another language would only spoil it.
    "default": {"BACKEND": "foundation.indexing", "SEARCH_CONFIG": "simple"}
}
SIMPLE_HISTORY_REVERT_DISABLED = True  # a deed goes through its door, never back through history
IMPORT_EXPORT_USE_TRANSACTIONS = True
IMPORT_EXPORT_IMPORT_PERMISSION_CODE = "import"
IMPORT_EXPORT_EXPORT_PERMISSION_CODE = "export"
IMPORT_EXPORT_ESCAPE_FORMULAE_ON_EXPORT = True  # strangers type names and comments; Excel runs “=…”
IMPORT_EXPORT_TMP_STORAGE_CLASS = "import_export.tmp_storages.MediaStorage"

# --- Logs -------------------------------------------------------------------------------

LOG_JSON = env.switch("LOG_JSON", default=not DEBUG)
_before_print: list[structlog.typing.Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso" if LOG_JSON else "%H:%M:%S", utc=LOG_JSON),
]
structlog.configure(
    processors=[
        structlog.stdlib.filter_by_level,
        *_before_print,
        structlog.processors.format_exc_info,
        structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=True,
)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "lines": {
            "()": structlog.stdlib.ProcessorFormatter,
            "processor": structlog.processors.JSONRenderer()
            if LOG_JSON
            else structlog.dev.ConsoleRenderer(colors=False),
            "foreign_pre_chain": _before_print,
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "lines"}},
    "root": {"handlers": ["console"], "level": env.given("LOG_LEVEL") or "INFO"},
    "loggers": {
        "django.request": {"level": "ERROR"},
        "fontTools": {"level": "ERROR"},
        "pikepdf": {"level": "WARNING"},
        "psycopg.pool": {"level": "ERROR"},  # it warns at each try; the last try raises
        "weasyprint": {"level": "WARNING"},
        "celery.beat": {"level": "WARNING"},
        "celery.worker.strategy": {"level": "WARNING"},
        "celery.app.trace": {"level": "WARNING"},
        "kombu": {"level": "WARNING"},
        "django_tasks": {"level": "WARNING"},
        "celery.worker.consumer.connection": {"level": "WARNING"},
    },
}
