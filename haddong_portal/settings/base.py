"""Django's own settings: apps, middleware, database, broker, files."""

from __future__ import annotations

import dj_database_url

from haddong_portal.settings.environment import BASE_DIR, HADDONG_HOME, MODE, PRODUCTION, env
from haddong_portal.settings.papers import papers_storage

# Outside production a process without keys (linting, documentation) still imports; `manage.py` exports
# real keys from HADDONG_HOME before it gets here.
UNSAFE_KEY = "unsafe-key-for-commands-that-touch-no-data-" + "0" * 24
UNSAFE_BYTES = "MDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDA="

SECRET_KEY = env.str("SECRET_KEY", default=UNSAFE_KEY)
FIELD_ENCRYPTION_KEYS = env.list("FIELD_ENCRYPTION_KEYS", default=[UNSAFE_BYTES])
BLIND_INDEX_KEY = env.str("BLIND_INDEX_KEY", default=UNSAFE_BYTES)

DEBUG = env.bool("DEBUG", default=False)
DEMO_MODE = MODE == "demo"
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["*"])

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "django_htmx",
    "django_filters",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "axes",
    "csp",
    "oauth2_provider",
    "rest_framework",
    "drf_spectacular",
    "simple_history",
    "haddong_portal.common",
    "haddong_portal.plumbing",
    "haddong_portal.audit",
    "haddong_portal.accounts",
    "haddong_portal.citizens",
    "haddong_portal.notices",
    "procedures",
    "dossiers.counter",
    "dossiers.papers",
    "dossiers",
    "interlink",
    "feedback",
    "haddong_portal.reports",
    "haddong_portal.home",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "haddong_portal.common.web.plain_text.PlainTextMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "haddong_portal.common.web.request_size.RequestSizeMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "haddong_portal.accounts.middleware.ActorMiddleware",
    "haddong_portal.citizens.middleware.CitizenMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "haddong_portal.accounts.middleware.SessionGuardMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "haddong_portal.common.web.errors.DomainErrorMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "haddong_portal.urls"
WSGI_APPLICATION = "haddong_portal.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "haddong_portal.accounts.backends.StaffBackend"]

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
                "haddong_portal.common.web.context.portal",
            ],
        },
    },
]
FORM_RENDERER = "haddong_portal.common.web.forms.PortalFormRenderer"

# Test databases are dropped at the end, which a pool's idle connections would forbid.
DATABASE_POOL = {"min_size": 1, "max_size": env.int("DATABASE_POOL_SIZE", default=8), "timeout": 10}
DATABASES = {
    "default": {
        **dj_database_url.parse(env.str("DATABASE_URL", default="postgres://portal@127.0.0.1:5/unconfigured")),
        "ENGINE": "django.db.backends.postgresql",
        "CONN_MAX_AGE": 0,
        "OPTIONS": {
            **({} if MODE == "test" else {"pool": DATABASE_POOL}),
            # How often a statement of common.statements is seen on a connection before the server keeps it parsed.
            "prepare_threshold": env.int("DATABASE_PREPARE_THRESHOLD", default=2),
        },
    }
}

REDIS_URL = env.str("REDIS_URL", default="redis://127.0.0.1:5/0")
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "portal",
    },
    # What every process may keep for a minute by itself: small settings that are read with each message.
    "process": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "process"},
}
SESSION_ENGINE = "haddong_portal.accounts.session_store"

CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 600}
# Minutes of work wait in a queue of their own (deploy.commands.reader_command): a message never stands behind them.
CELERY_TASK_ROUTES = {
    f"papers.{name}": {"queue": "slow"} for name in ("read_scan", "file_book", "sweep_files", "sweep_scanner_folders")
}
CELERY_TIMEZONE = "Asia/Ho_Chi_Minh"

LANGUAGE_CODE = "vi"
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = env.str("STATIC_ROOT", default=str(HADDONG_HOME / "staticfiles"))
STATICFILES_DIRS = [
    BASE_DIR / "static",
    *([BASE_DIR / "static_vendor"] if (BASE_DIR / "static_vendor").is_dir() else []),
]
# Result files and papers are private: no MEDIA_URL exists, views stream them after a rights check.
MEDIA_ROOT = env.str("MEDIA_ROOT", default=str(HADDONG_HOME / "papers"))
# The paper store: sealed files in a folder of their own, or in an S3 bucket when PAPERS_S3_BUCKET is set.
PAPERS_ROOT = env.str("PAPERS_ROOT", default=f"{MEDIA_ROOT}/store")
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
# Compressing takes half a minute of processor time: worth it for production, not for a demo's first run.
STATIC_STORAGES = {
    "production": "whitenoise.storage.CompressedManifestStaticFilesStorage",
    "demo": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage",
    "manifest": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage",
    "test": "django.contrib.staticfiles.storage.StaticFilesStorage",
}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "papers": papers_storage(env, root=PAPERS_ROOT),
    "staticfiles": {
        "BACKEND": STATIC_STORAGES["manifest" if MODE == "test" and env.bool("TEST_MANIFEST", default=False) else MODE]
    },
}
WHITENOISE_MAX_AGE = 31536000 if PRODUCTION else 600
WHITENOISE_USE_FINDERS = MODE == "test"

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "haddong_portal.accounts.api_auth.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["haddong_portal.common.api.HasRight"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_PAGINATION_CLASS": None,
    "EXCEPTION_HANDLER": "haddong_portal.common.api.problem_handler",
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "UNICODE_JSON": True,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "API Cổng Một cửa quận Hà Đông",
    "DESCRIPTION": "Thủ tục, hồ sơ và diễn biến hồ sơ của bộ phận Một cửa.",
    "VERSION": "1.0.0",
    "SERVE_INCLUDE_SCHEMA": False,
    # Several shapes have a field "state" with words of their own.
    "ENUM_NAME_OVERRIDES": {
        "ChecklistStateEnum": "dossiers.constants.ChecklistState",
        "LinkedCaseStateEnum": "interlink.constants.CaseState",
        "LegStateEnum": "interlink.constants.LegState",
        "ConfirmationStateEnum": "interlink.constants.ConfirmationState",
    },
}
OAUTH2_PROVIDER = {
    "SCOPES": {
        "dossiers": "Nộp và đọc hồ sơ",
        "filings": "Nộp hồ sơ trực tuyến thay người dân",
        "linked-cases": "Khai một lần cho nhóm thủ tục liên thông",
        "procedures": "Đọc thủ tục",
    },
    "ACCESS_TOKEN_EXPIRE_SECONDS": 3600,
    "ALLOWED_REDIRECT_URI_SCHEMES": ["https"],
    "REFRESH_TOKEN_REUSE_PROTECTION": True,
    # OAuth 2.0 security best current practice (RFC 9700): tokens are kept as hashes, no implicit or password grant.
    "COMPLIANT_BCP_RFC9700_IMPLICIT_GRANT": True,
    "COMPLIANT_BCP_RFC9700_PASSWORD_GRANT": True,
    "COMPLIANT_BCP_RFC9700_PKCE_METHOD": True,
    "COMPLIANT_BCP_RFC9700_ACCESS_TOKEN_TRANSPORT": True,
    "COMPLIANT_BCP_RFC9700_AUTHZ_RESPONSE_ISS": True,
    "COMPLIANT_BCP_RFC9700_TOKEN_STORAGE": True,
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="WARNING")},
    "loggers": {"haddong": {"level": "INFO"}, "axes": {"level": "ERROR"}},
}
