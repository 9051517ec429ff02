"""The WSGI application."""

import os
import re
import warnings
from typing import Any

import zhuanban.site  # noqa: F401

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhuanban.site.settings")

# Without collected files the static files are served from where they lie.
warnings.filterwarnings("ignore", message="No directory at")

from django.core.wsgi import get_wsgi_application  # noqa: E402

_CHARSET = re.compile(r"(;\s*charset\s*=\s*)[^;\s]+", re.IGNORECASE)
_django = get_wsgi_application()


def application(environ: dict[str, Any], start_response: Any) -> Any:
    """The site. Forms are read as UTF-8, whatever a sender calls them: other names end in decoders made for other things."""
    if declared := environ.get("CONTENT_TYPE"):
        environ["CONTENT_TYPE"] = _CHARSET.sub(r"\1utf-8", declared)
    return _django(environ, start_response)
