"""What every page knows: the viewer, the workspace, the rail, the languages."""

import os
from typing import Any

from django.http import HttpRequest

from zhuanban.kit import clock, navigation, workspace
from zhuanban.site.backups import keys
from zhuanban.site.handbook import help_of


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context of the frame around each page."""
    config = workspace.config()
    language = getattr(request, "LANGUAGE_CODE", "zh-hans")
    return {
        "viewer": getattr(request, "viewer", None),
        "workspace": {
            "name": config.name_en if language == "en" else config.name_zh,
            "is_demo": config.is_demo,
            "insecure": os.environ.get("ZHUANBAN_INSECURE_LAN") == "1",
            "read_only": bool(os.environ.get(keys.READ_ONLY)),
            "clock_stopped": config.is_demo and clock.is_stopped(),
        },
        "navigation": navigation.shown(request),
        "help_url": help_of(request),
        "today": clock.today(),
    }
