"""Registration of the room plans."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "zhuanban.plans"
    label = "plans"
    default_auto_field = "django.db.models.BigAutoField"
