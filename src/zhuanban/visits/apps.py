"""Registration of the room visits."""

from django.apps import AppConfig


class VisitsConfig(AppConfig):
    name = "zhuanban.visits"
    label = "visits"
    default_auto_field = "django.db.models.BigAutoField"
