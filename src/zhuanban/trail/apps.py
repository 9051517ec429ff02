"""Registration of the trail: the write guard on every connection, the triggers after every migration."""

from typing import Any

from django.apps import AppConfig
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate


class TrailConfig(AppConfig):
    name = "zhuanban.trail"
    label = "trail"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from zhuanban.kit.refusals import register_messages
        from zhuanban.trail import guard, triggers
        from zhuanban.trail.messages import MESSAGES

        register_messages(MESSAGES)

        def install_guard(connection: BaseDatabaseWrapper, **_: Any) -> None:
            if guard.refuse_stray_writes not in connection.execute_wrappers:
                connection.execute_wrappers.append(guard.refuse_stray_writes)

        def install_triggers(using: str, **_: Any) -> None:
            # Rebuilding a table on SQLite drops its triggers, so they are made anew after every migration.
            triggers.install(using)

        connection_created.connect(install_guard, weak=False, dispatch_uid="trail.guard")
        post_migrate.connect(install_triggers, sender=self, weak=False, dispatch_uid="trail.triggers")
