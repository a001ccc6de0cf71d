"""The product's settings over an environment of the tests' own: this machine's configuration reaches no test."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from cryptography.fernet import Fernet

FOLDER = Path(tempfile.mkdtemp(prefix="sonora-tests-", dir="/dev/shm" if os.access("/dev/shm", os.W_OK) else None))
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
CHOSEN = {
    "DATABASE_URL": os.environ.get("TEST_DATABASE_URL", ""),
    "SONORA_DATA_DIR": str(FOLDER),
    "REDIS_URL": "",
    "SECRET_KEY": "only-for-tests-" + "0" * 50,
    "FIELD_ENCRYPTION_KEYS": Fernet.generate_key().decode(),
    "DEBUG": "0",
    "SONORA_HTTPS": "0",
    "ALLOWED_HOSTS": "testserver,localhost,127.0.0.1",
    "CSRF_TRUSTED_ORIGINS": "",
    "PROXIES_IN_FRONT": "0",
    "INTERCOM_EXTRA_BASE_URLS": "",
    "INTERCOM_API_VERSION": "2.16",
    "INTERCOM_BUDGET_SHARE": "0",
    "SYNC_LEASE_SECONDS": "60",
    "SYNC_PLACES": "8",
    "BROKER_SILENCE_SECONDS": "15",
    "INSIGHTS_LLM_BASE_URL": "",
    "INSIGHTS_LLM_API_KEY": "",
    "INSIGHTS_LLM_MODEL": "",
    "INSIGHTS_LLM_DAILY_MESSAGES": "1000",
    "STATIC_ROOT": "",
    "EMAIL_URL": "consolemail://",
}
os.environ.update(CHOSEN)
for variable in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
    os.environ.pop(variable, None)
    os.environ.pop(variable.upper(), None)

from sonora.settings import *  # noqa: E402, F403  the environment comes first
from sonora.settings import DATABASES, STORAGES  # noqa: E402

(FOLDER / "static").mkdir()  # whitenoise warns when STATIC_ROOT is missing

if not CHOSEN["DATABASE_URL"]:
    # A file, not memory: threads and child processes meet the locks that production meets.
    DATABASES["default"]["TEST"] = {"NAME": str(FOLDER / "test.sqlite3")}
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # a sign-in per test must not cost 0.2 s
