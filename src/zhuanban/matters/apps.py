"""Registration of the room matters."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

BUSINESS = (
    "chief", "leader", "office_head", "statistician", "dept_head", "dept_clerk", "territory_officer",
)  # fmt: skip
REGISTRARS = ("dept_clerk", "dept_head", "territory_officer", "statistician", "office_head")


class MattersConfig(AppConfig):
    name = "zhuanban.matters"
    label = "matters"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.core.checks import register as register_check

        from zhuanban.kit import events, navigation, registries
        from zhuanban.kit.changes import ChangeSource, change_sources
        from zhuanban.kit.lists import listings
        from zhuanban.kit.notices import NoticeKind, notice_kinds
        from zhuanban.kit.office import CountedInWorkingDays, counted_in_working_days, office_settings
        from zhuanban.kit.refusals import register_messages
        from zhuanban.kit.searching import Searchable
        from zhuanban.matters import changes, office, presenters
        from zhuanban.matters.checks import ledgers_are_sound
        from zhuanban.matters.messages import MESSAGES
        from zhuanban.matters.services import recounting, telling
        from zhuanban.matters.tables import LEDGER

        register_messages(MESSAGES)
        register_check(ledgers_are_sound)
        change_sources.add("matters", ChangeSource("matters.view", changes.told), position=30)
        listings.add(LEDGER.key, LEDGER)
        _register_actions()
        navigation.items.add(
            "matters",
            navigation.NavigationItem(
                pgettext_lazy("navigation", "Matters"), "list-check", "matters:ledger", "matters.view"
            ),
            position=40,
        )
        registries.todo_sources.add("matters", presenters.todos, position=30)
        registries.todo_sources.add("matters.requests", presenters.todos_of_requests, position=29)
        registries.todo_sources.add("matters.levels", presenters.todos_of_levels, position=31)
        registries.searchables.add(
            "matters", Searchable(pgettext_lazy("search", "Matters"), presenters.search), position=40
        )
        registries.panels.add("matters.of_indicator", registries.Panel("indicator", presenters.indicator_panel))
        for page in ("group", "unit"):
            registries.panels.add(f"matters.of_{page}", registries.Panel(page, presenters.holding_panel), position=30)
        events.subscribe("matters.changed", telling.on_matters_changed)
        events.subscribe("matters.climbed", telling.on_matters_climbed)
        notice_kinds.add(
            telling.KIND,
            NoticeKind(
                telling.KIND,
                pgettext_lazy("notices", "Matters"),
                _("A matter waits for your post or was reported up to it, or one that you registered is struck off."),
            ),
            position=20,
        )
        office_settings.add("matters", office.settings, position=40)
        counted_in_working_days.add("matters", CountedInWorkingDays(recounting.moved, recounting.move), position=20)


def _register_actions() -> None:
    """What posts may be allowed to do with matters."""
    from zhuanban.kit import actions

    actions.register("matters.view", _("See matters"), BUSINESS)
    actions.register("matters.register", _("Register a matter"), REGISTRARS, writes=True)
    actions.register("matters.accept", _("Accept a matter"), ("office_head", "statistician"), writes=True)
    actions.register(
        "matters.handle", _("Handle a matter"), ("dept_clerk", "dept_head", "territory_officer"), writes=True
    )
    actions.register(
        "matters.escalate", _("Report a matter up"),
        ("dept_clerk", "dept_head", "territory_officer", "office_head", "statistician"), writes=True,
    )  # fmt: skip
    actions.register("matters.review", _("Review a resolved matter"), ("office_head", "leader"), writes=True)
    actions.register("matters.strike_off", _("Strike a matter off"), ("office_head",), writes=True)
