"""The web application, for gunicorn."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sonora.settings")
application = get_wsgi_application()
get_resolver().url_patterns  # noqa: B018 - loads all pages before the first is asked for
gc.freeze()  # all that stays as long as the process: to look for garbage in it took 150 ms of a page now and then
