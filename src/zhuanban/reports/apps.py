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
        from zhuanban.kit import actions, events, navigation, registries
        from zhuanban.kit.lists import listings
        from zhuanban.kit.notices import NoticeKind, notice_kinds
        from zhuanban.kit.refusals import register_messages
        from zhuanban.kit.searching import Searchable
        from zhuanban.reports import presenters, telling
        from zhuanban.reports.messages import MESSAGES
        from zhuanban.reports.tables import REPORTS

        register_messages(MESSAGES)
        actions.register("reports.monthly", _("Make the monthly analysis"), BUSINESS)
        listings.add(REPORTS.key, REPORTS)
        actions.register("reports.view", _("Read the reports of the office"), ("chief", "leader", "office_head", "statistician"))
        actions.register("reports.write", _("Draft and rewrite a report of the office"), ("statistician",), writes=True)
        actions.register("reports.issue", _("Issue, send back or withdraw a report of the office"), ("office_head",), writes=True)
        registries.searchables.add("reports", Searchable(_("Reports"), presenters.search), position=60)
        registries.todo_sources.add("reports", presenters.todos, position=40)
        events.subscribe("reports.issued", telling.on_report_issued)
        notice_kinds.add(telling.KIND, NoticeKind(telling.KIND, _("Reports"), _("A report of the office was issued.")), position=40)
        navigation.items.add(
            "reports",
            navigation.NavigationItem(_("Analysis"), "file-text", "reports:monthly", "reports.monthly"),
            position=60,
        )
