"""Registration of the room reports."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "zhuanban.reports"
    label = "reports"
    default_auto_field = "django.db.models.BigAutoField"
