"""Registration of the room alerts."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

BUSINESS = (
    "chief", "leader", "office_head", "statistician", "dept_head", "dept_clerk", "territory_officer",
)  # fmt: skip
EXPLAINERS = ("dept_clerk", "dept_head", "statistician")


class AlertsConfig(AppConfig):
    name = "zhuanban.alerts"
    label = "alerts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.core.checks import register as register_check

        from zhuanban.alerts import changes, office, presenters
        from zhuanban.alerts.checks import the_drawer_is_sound
        from zhuanban.alerts.messages import MESSAGES
        from zhuanban.alerts.services import on_figures_published, recounting, telling
        from zhuanban.alerts.services.deadlines import overdue_matters
        from zhuanban.alerts.services.overdue import OverdueSource, overdue_sources
        from zhuanban.alerts.tables import ALERTS
        from zhuanban.kit import actions, events, navigation, registries
        from zhuanban.kit.changes import ChangeSource, change_sources
        from zhuanban.kit.lists import listings
        from zhuanban.kit.notices import NoticeKind, notice_kinds
        from zhuanban.kit.office import CountedInWorkingDays, counted_in_working_days, office_settings
        from zhuanban.kit.refusals import register_messages
        from zhuanban.kit.searching import Searchable

        change_sources.add("alerts", ChangeSource("alerts.view", changes.told), position=20)
        listings.add(ALERTS.key, ALERTS)
        register_check(the_drawer_is_sound)
        register_messages(MESSAGES)
        actions.register("alerts.view", _("See alerts"), BUSINESS)
        actions.register("alerts.explain", _("Acknowledge and explain an alert"), EXPLAINERS, writes=True)
        actions.register(
            "alerts.open_matter", _("Open a matter from an alert"), (*EXPLAINERS, "office_head"), writes=True
        )
        actions.register("alerts.close", _("Close an alert"), ("office_head",), writes=True)
        events.subscribe("figures.published", on_figures_published)
        events.subscribe("alerts.raised", telling.on_alerts_raised)
        notice_kinds.add(telling.KIND, NoticeKind(telling.KIND, _("Alerts"), _("An alert was raised that your post explains.")), position=10)
        navigation.items.add(
            "alerts",
            navigation.NavigationItem(_("Alerts"), "alert-triangle", "alerts:list", "alerts.view"),
            position=30,
        )
        registries.searchables.add("alerts", Searchable(_("Alerts"), presenters.search), position=30)
        registries.todo_sources.add("alerts", presenters.todos, position=30)
        registries.panels.add(
            "alerts_of_indicator", registries.Panel("indicator", presenters.indicator_panel), position=20
        )
        registries.panels.add("alert_of_matter", registries.Panel("matter", presenters.matter_panel), position=20)
        overdue_sources.add("matters", OverdueSource("matter", overdue_matters))
        office_settings.add("alerts", office.settings, position=20)
        counted_in_working_days.add("alerts", CountedInWorkingDays(recounting.moved, recounting.move), position=30)
