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

        register_messages(MESSAGES)
        assert policy.every_view_has_a_policy
