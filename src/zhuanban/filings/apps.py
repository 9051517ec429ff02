"""Registration of the room filings."""

from django.apps import AppConfig


class FilingsConfig(AppConfig):
    name = "zhuanban.filings"
    label = "filings"
    default_auto_field = "django.db.models.BigAutoField"
