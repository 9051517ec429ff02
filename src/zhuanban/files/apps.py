"""Registration of the room files."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "zhuanban.files"
    label = "files"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from zhuanban.files.messages import MESSAGES
        from zhuanban.kit.refusals import register_messages

        register_messages(MESSAGES)
