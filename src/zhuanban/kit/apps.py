"""The kit's registration."""

from django.apps import AppConfig


class KitConfig(AppConfig):
    name = "zhuanban.kit"
    label = "kit"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from zhuanban.kit import policy
        from zhuanban.kit.messages import MESSAGES
        from zhuanban.kit.refusals import register_messages
        from zhuanban.kit.spreadsheets.messages import MESSAGES as SPREADSHEET_MESSAGES
        from zhuanban.kit.sqlite_messages import MESSAGES as SQLITE_MESSAGES
        from zhuanban.kit.uploads.messages import MESSAGES as UPLOAD_MESSAGES

        for messages in (MESSAGES, UPLOAD_MESSAGES, SPREADSHEET_MESSAGES, SQLITE_MESSAGES):
            register_messages(messages)
        assert policy.every_view_has_a_policy
