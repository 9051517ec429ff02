"""Registration of the room meetings."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "zhuanban.meetings"
    label = "meetings"
    default_auto_field = "django.db.models.BigAutoField"
