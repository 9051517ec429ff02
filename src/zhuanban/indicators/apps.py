"""Registration of the room indicators."""

from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "zhuanban.indicators"
    label = "indicators"
    default_auto_field = "django.db.models.BigAutoField"
