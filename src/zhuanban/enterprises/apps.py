"""Registration of the room enterprises."""

from django.apps import AppConfig


class EnterprisesConfig(AppConfig):
    name = "zhuanban.enterprises"
    label = "enterprises"
    default_auto_field = "django.db.models.BigAutoField"
