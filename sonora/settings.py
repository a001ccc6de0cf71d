"""Every setting of Sonora, all from the environment; `.env.example` explains each variable."""

from pathlib import Path

import environ
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from sonora import datadir
from sonora.core import logs
from sonora.core.secret import SecretStr
from sonora.insights.llm.endpoint import EndpointRefused, endpoint

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
if (BASE_DIR / ".env").exists():
    env.read_env(str(BASE_DIR / ".env"))

# ---- What this process runs on -----------------------------------------------------------------------------------
EMBEDDED = not env.str("DATABASE_URL", default="")
DATA_DIR = datadir.prepare(Path(env.str("SONORA_DATA_DIR", default="") or BASE_DIR / ".data"))


def _secret(variable: str, kept_as: str) -> str:
    value: str = env.str(variable, default="")
    if value:
        return value
    if not EMBEDDED:
        raise ImproperlyConfigured(f"Set {variable}: with DATABASE_URL set, Sonora makes no secrets of its own.")
    return datadir.kept_secret(DATA_DIR, kept_as)


DEBUG = env.bool("DEBUG", default=False)
HTTPS = env.bool("SONORA_HTTPS", default=True)
SONORA_URL = env.str("SONORA_URL", default="").rstrip("/")
SECRET_KEY = _secret("SECRET_KEY", "secret-key")
FIELD_ENCRYPTION_KEYS = [key.strip() for key in _secret("FIELD_ENCRYPTION_KEYS", "field-key").split(",") if key.strip()]
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
PROXIES_IN_FRONT = env.int("PROXIES_IN_FRONT", default=0)
if PROXIES_IN_FRONT < 0:
    raise ImproperlyConfigured("PROXIES_IN_FRONT counts proxies: 0 or more.")

# ---- Database -----------------------------------------------------------------------------------------------------
DATABASES = {
    "default": env.db_url_config(env.str("DATABASE_URL", default="") or f"sqlite:///{DATA_DIR / 'sonora.sqlite3'}")
}
DATABASE = DATABASES["default"]
DATABASE["ATOMIC_REQUESTS"] = False
DATABASE["CONN_HEALTH_CHECKS"] = True
DATABASE["CONN_MAX_AGE"] = 60
if "sqlite" in DATABASE["ENGINE"]:
    DATABASE["OPTIONS"] = {
        # A transaction that reads before it writes cannot be upgraded in WAL mode once another has written ("locked"),
        # so each one takes the write lock at its start.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; "
        "PRAGMA cache_size=-8000; PRAGMA temp_store=MEMORY;",  # 8 MB: each process has its own, and the system another
    }
else:
    DATABASE["OPTIONS"] = {
        # A server that fell silent (a firewall that forgot the connection, a machine that is gone) is given up by this
        # side; the three timeouts below are kept by the server.
        "connect_timeout": 5,  # seconds
        "keepalives_idle": 10,  # seconds
        "keepalives_interval": 5,  # seconds
        "keepalives_count": 3,
        "tcp_user_timeout": 20_000,  # milliseconds; longer than a statement may take
        **DATABASE.get("OPTIONS", {}),  # what the URL says, such as sslmode
        # Compiling a statement takes longer than it saves: up to 1.5 s where a million conversations are counted.
        # PostgreSQL's own price of a page out of order is that of a turning disk: it would read whole tables instead.
        "options": "-c statement_timeout=15s -c lock_timeout=3s -c idle_in_transaction_session_timeout=30s -c jit=off"
        " -c random_page_cost=1.1",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# ---- Broker, rate budget, cache ------------------------------------------------------------------------------------
REDIS_URL = env.str("REDIS_URL", default="") or datadir.valkey_url(DATA_DIR)
BROKER_SILENCE_SECONDS = env.float("BROKER_SILENCE_SECONDS", default=15.0)
if BROKER_SILENCE_SECONDS < 2:
    raise ImproperlyConfigured("BROKER_SILENCE_SECONDS must be 2 or more: the broker itself takes a second to answer.")
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# ---- The application -----------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "csp",
    "sonora.core",
    "sonora.workspaces",
    "sonora.customers",
    "sonora.people",
    "sonora.conversations",
    "sonora.insights",
    "sonora.graph",
    "sonora.chat",
    "sonora.canvas",
    "sonora.screens",
    "integrations",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "sonora.core.middleware.PrivatePages",
    "sonora.workspaces.middleware.CurrentWorkspace",
]
ROOT_URLCONF = "sonora.urls"
WSGI_APPLICATION = "sonora.wsgi.application"
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
                "csp.context_processors.nonce",
                "sonora.workspaces.context.current",
                "integrations.context.attention",
            ],
        },
    },
]
INTEGRATION_PROVIDERS = ["integrations.intercom.provider.IntercomProvider"]

# ---- Who signs in --------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "workspaces.User"
AUTHENTICATION_BACKENDS = ["sonora.workspaces.signed_in.WithMemberships"]
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "sign-in"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# ---- What the browser is told --------------------------------------------------------------------------------------
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # probes come from inside, without the proxy
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    },
}

# ---- Static files ----------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = Path(env.str("STATIC_ROOT", default="") or DATA_DIR / "static")
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_AUTOREFRESH = DEBUG
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage",
    },
}

# ---- Words and time ----------------------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
USE_I18N = False
USE_TZ = True
TIME_ZONE = "UTC"

# ---- Intercom ------------------------------------------------------------------------------------------------------
INTERCOM_API_VERSION = env.str("INTERCOM_API_VERSION", default="2.16")
INTERCOM_EXTRA_BASE_URLS = env.list("INTERCOM_EXTRA_BASE_URLS", default=datadir.sandbox_origins(DATA_DIR))
INTERCOM_BUDGET_SHARE = env.float("INTERCOM_BUDGET_SHARE", default=0.0)  # 0: the share depends on the kind of work
SYNC_PLACES = env.int("SYNC_PLACES", default=2 if EMBEDDED else 4)  # slices at a time; as many as there are processes
SYNC_LEASE_SECONDS = env.int("SYNC_LEASE_SECONDS", default=60)
if SYNC_LEASE_SECONDS < 2:
    raise ImproperlyConfigured("SYNC_LEASE_SECONDS must be 2 or more: a shorter lease ends between two commits.")
if SYNC_PLACES < 1:
    raise ImproperlyConfigured("SYNC_PLACES must be 1 or more: nothing could be synced.")
if not 0 <= INTERCOM_BUDGET_SHARE <= 1:
    raise ImproperlyConfigured("INTERCOM_BUDGET_SHARE is a share of Intercom's limit: a number from 0 to 1.")

# ---- A language model that reads customers' words, if the operator wants one ----------------------------------------
INSIGHTS_LLM_DAILY_MESSAGES = env.int("INSIGHTS_LLM_DAILY_MESSAGES", default=1_000)  # of each workspace
try:
    INSIGHTS_LLM = endpoint(
        env.str("INSIGHTS_LLM_BASE_URL", default=""),
        key=SecretStr(env.str("INSIGHTS_LLM_API_KEY", default="")),
        model=env.str("INSIGHTS_LLM_MODEL", default=""),
    )
except EndpointRefused as refused:
    raise ImproperlyConfigured(f"INSIGHTS_LLM_…: {refused}") from None
CHAT_LLM = env.bool("CHAT_LLM", default=False)  # also ask it about questions of which the rules leave words unread
if CHAT_LLM and INSIGHTS_LLM is None:
    raise ImproperlyConfigured("CHAT_LLM asks the model that INSIGHTS_LLM_BASE_URL names: name one.")

# ---- Mail and logs -------------------------------------------------------------------------------------------------
EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="sonora@localhost")
LOGGING_CONFIG = None
logs.configure(debug=DEBUG)
