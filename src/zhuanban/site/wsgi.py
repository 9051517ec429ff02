"""The WSGI application."""

import os

import zhuanban.site  # noqa: F401

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhuanban.site.settings")

from django.core.wsgi import get_wsgi_application  # noqa: E402

application = get_wsgi_application()
