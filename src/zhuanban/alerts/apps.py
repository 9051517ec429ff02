"""Registration of the room alerts."""

from django.apps import AppConfig


class AlertsConfig(AppConfig):
    name = "zhuanban.alerts"
    label = "alerts"
    default_auto_field = "django.db.models.BigAutoField"
