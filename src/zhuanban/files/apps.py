"""Registration of the room files."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "zhuanban.files"
    label = "files"
    default_auto_field = "django.db.models.BigAutoField"
