"""Registration of the room matters."""

from django.apps import AppConfig


class MattersConfig(AppConfig):
    name = "zhuanban.matters"
    label = "matters"
    default_auto_field = "django.db.models.BigAutoField"
