"""Registration of the room indicators."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

BUSINESS = (
    "chief", "leader", "office_head", "statistician", "dept_head", "dept_clerk", "territory_officer",
)  # fmt: skip


class IndicatorsConfig(AppConfig):
    name = "zhuanban.indicators"
    label = "indicators"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from zhuanban.indicators import changes, office
        from zhuanban.indicators.messages import MESSAGES
        from zhuanban.indicators.presenters import expected, search
        from zhuanban.indicators.sheet_messages import MESSAGES as SHEET_MESSAGES
        from zhuanban.indicators.tables import BOARD, EXPECTED, SHEETS
        from zhuanban.kit import actions, navigation, registries
        from zhuanban.kit.changes import ChangeSource, change_sources
        from zhuanban.kit.lists import listings
        from zhuanban.kit.office import office_settings
        from zhuanban.kit.refusals import register_messages
        from zhuanban.kit.searching import Searchable

        register_messages(MESSAGES)
        register_messages(SHEET_MESSAGES)
        change_sources.add("indicators", ChangeSource("indicators.view", changes.told), position=10)
        listings.add(SHEETS.key, SHEETS)
        listings.add(EXPECTED.key, EXPECTED)
        listings.add(BOARD.key, BOARD)
        actions.register("indicators.view", _("See indicators and lights"), BUSINESS)
        actions.register("indicators.define", _("Define indicators, places and rules"), ("sysadmin",), writes=True)
        actions.register(
            "figures.sheets", _("See imported sheets"), ("statistician", "dept_clerk", "office_head", "dept_head")
        )
        actions.register("figures.import", _("Import figures"), ("statistician", "dept_clerk"), writes=True)
        actions.register("figures.confirm", _("Confirm imported figures"), ("office_head", "dept_head"), writes=True)
        actions.register("targets.set", _("Set the year's targets"), ("office_head",), writes=True)
        actions.register("figures.lock", _("Close a month for imports"), ("office_head",), writes=True)
        navigation.items.add(
            "board",
            navigation.NavigationItem(_("Board"), "table", "indicators:board", "indicators.view"),
            position=20,
        )
        for kind in ("group", "unit"):
            registries.subject_pages.add(kind, registries.SubjectPage(kind, search.page_of(kind)))
        registries.todo_sources.add("indicators", expected.todos, position=10)
        registries.searchables.add("indicators", Searchable(_("Indicators"), search.find), position=20)
        office_settings.add("indicators", office.settings, position=10)
