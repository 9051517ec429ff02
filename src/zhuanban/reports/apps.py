"""Registration of the room reports."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

BUSINESS = (
    "chief", "leader", "office_head", "statistician", "dept_head", "dept_clerk", "territory_officer",
)  # fmt: skip


class ReportsConfig(AppConfig):
    name = "zhuanban.reports"
    label = "reports"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from zhuanban.kit import actions, navigation
        from zhuanban.kit.refusals import register_messages
        from zhuanban.reports.messages import MESSAGES

        register_messages(MESSAGES)
        actions.register("reports.monthly", _("Make the monthly analysis"), BUSINESS)
        navigation.items.add(
            "reports",
            navigation.NavigationItem(_("Analysis"), "file-text", "reports:monthly", "reports.monthly"),
            position=60,
        )
