"""Registration of the room people."""

from django.apps import AppConfig
from django.core.checks import register as register_check
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "zhuanban.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from zhuanban.kit import actions, navigation, policy, registries
        from zhuanban.kit.notices import NoticeKind, notice_kinds
        from zhuanban.kit.refusals import register_messages
        from zhuanban.kit.searching import Searchable
        from zhuanban.people import presenters
        from zhuanban.people.access import viewer_of_request
        from zhuanban.people.checks import actions_name_known_roles
        from zhuanban.people.messages import MESSAGES
        from zhuanban.people.roles import ROLES
        from zhuanban.people.services import handing_over, telling

        register_messages(MESSAGES)
        notice_kinds.add(telling.KIND, NoticeKind(telling.KIND, _("Administrators' accounts"), _("Somebody came to an administrator's post, or a password link was made for an administrator.")), position=40)
        policy.resolve_viewers_with(viewer_of_request)
        register_check(actions_name_known_roles)
        actions.register("structure.define", _("Define units, groups and posts"), ("sysadmin",), writes=True)
        actions.register("people.accounts", _("Create accounts and fill posts"), ("sysadmin",), writes=True)
        actions.register("grants.define", _("Give and withdraw rights"), ("secadmin",), writes=True)
        actions.register("people.security", _("Decide passwords, second factors and sessions"), ("secadmin",), writes=True)
        actions.register("office.set", _("Set the office's terms, thresholds and working days"), ("office_head",), writes=True)
        actions.register("organisation.view", _("See the organisation"), tuple(ROLES))
        registries.transferables.add(
            "people.leads", registries.Transferable(_("Leads a group"), handing_over.leads_of, handing_over.move_leads), position=10
        )
        registries.transferables.add(
            "people.acting", registries.Transferable(_("Is acted for by"), handing_over.members_acting, handing_over.end_acting), position=20
        )
        registries.searchables.add("people", Searchable(_("Organisation"), presenters.find), position=60)
        navigation.items.add(
            "organisation",
            navigation.NavigationItem(_("Organisation"), "sitemap", "people:organisation", "organisation.view"),
            position=55,
        )
