"""Registration of the room filings."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

BUSINESS = (
    "chief", "leader", "office_head", "statistician", "dept_head", "dept_clerk", "territory_officer",
)  # fmt: skip
ADMINISTRATORS = ("sysadmin", "secadmin", "auditor")


class FilingsConfig(AppConfig):
    name = "zhuanban.filings"
    label = "filings"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from zhuanban.alerts.services import OverdueSource, overdue_sources
        from zhuanban.filings import changes, office, presenters, warning
        from zhuanban.filings.messages import MESSAGES
        from zhuanban.filings.queries import cadences
        from zhuanban.filings.services import recounting, telling
        from zhuanban.filings.tables import FILINGS, TIMELINESS
        from zhuanban.kit import actions, events, navigation, registries
        from zhuanban.kit.changes import ChangeSource, change_sources
        from zhuanban.kit.lists import listings
        from zhuanban.kit.notices import NoticeKind, notice_kinds
        from zhuanban.kit.office import CountedInWorkingDays, counted_in_working_days, office_settings
        from zhuanban.kit.refusals import register_messages
        from zhuanban.kit.searching import Searchable

        assert cadences(), "the drawer of cadences is empty"
        register_messages(MESSAGES)
        change_sources.add("filings", ChangeSource("filings.view", changes.told), position=40)
        listings.add(FILINGS.key, FILINGS)
        listings.add(TIMELINESS.key, TIMELINESS)
        actions.register("filings.view", _("See filings"), BUSINESS)
        actions.register(
            "filings.compile", _("Compile and comment a filing"), ("dept_clerk", "dept_head"), writes=True
        )
        actions.register("filings.sign", _("Sign a filing"), ("dept_head",), writes=True)
        actions.register("filings.receive", _("Receive or send back a filing"), ("office_head",), writes=True)
        actions.register("filings.consolidated", _("See the month's consolidated filings"), ("chief", "office_head", "statistician"))
        actions.register("filings.consolidate", _("Consolidate the month's filings"), ("office_head",), writes=True)
        actions.register("filings.weekly_write", _("Compile and comment a weekly filing"), ("dept_clerk", "dept_head", "territory_officer"), writes=True)
        actions.register("filings.weekly_sign", _("Sign a weekly filing"), ("dept_head", "territory_officer"), writes=True)
        actions.register("filings.weekly_receive", _("Receive or send back a weekly filing"), ("dept_head", "dept_clerk"), writes=True)
        actions.register("filings.verify", _("Check a certificate number"), (*BUSINESS, *ADMINISTRATORS))
        navigation.items.add(
            "filings",
            navigation.NavigationItem(_("Filings"), "calendar-event", "filings:list", "filings.view"),
            position=50,
        )
        registries.searchables.add("filings", Searchable(_("Filings"), presenters.search), position=50)
        registries.todo_sources.add("filings", presenters.todos, position=20)
        for page in ("group", "unit"):
            registries.panels.add(f"filings.of_{page}", registries.Panel(page, presenters.holding_panel), position=40)
        for name in ("filings.signed", "filings.answered"):
            events.subscribe(name, telling.on_filing_moved)
        notice_kinds.add(telling.KIND, NoticeKind(telling.KIND, _("Filings"), _("A filing came in, yours was received or sent back, comes due or is overdue.")), position=30)
        overdue_sources.add("filings", OverdueSource("filing", warning.overdue))
        office_settings.add("filings", office.settings, position=30)
        counted_in_working_days.add("filings", CountedInWorkingDays(recounting.moved, recounting.move), position=10)
