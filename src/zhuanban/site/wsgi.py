"""The WSGI application."""

import os
import warnings

import zhuanban.site  # noqa: F401

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhuanban.site.settings")

# Without collected files the static files are served from where they lie.
warnings.filterwarnings("ignore", message="No directory at")

from django.core.wsgi import get_wsgi_application  # noqa: E402

application = get_wsgi_application()
