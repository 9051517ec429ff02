"""Registration of the room site."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SiteConfig(AppConfig):
    name = "zhuanban.site"
    label = "site"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in, user_logged_out

        from zhuanban.kit import actions, navigation, registries
        from zhuanban.kit.lists import listings
        from zhuanban.kit.refusals import register_messages
        from zhuanban.kit.searching import Searchable
        from zhuanban.site.lists import LISTS
        from zhuanban.site.messages import MESSAGES
        from zhuanban.site.search import find_pages
        from zhuanban.site.sessions import begin, ended
        from zhuanban.site.tick import register_steps

        register_messages(MESSAGES)
        for listing in LISTS:
            listings.add(listing.key, listing)
        user_logged_in.connect(begin)
        user_logged_out.connect(ended)
        register_steps()
        actions.register("system.run", _("Run the installation: backups and the worker's tasks"), ("sysadmin",), writes=True)
        actions.register("trail.read", _("Read and verify the record"), ("auditor",))
        navigation.items.add(
            "accounts", navigation.NavigationItem(_("Accounts"), "users", "accounts", "people.accounts"), position=80
        )
        navigation.items.add(
            "audit", navigation.NavigationItem(_("The record"), "history", "audit", "trail.read"), position=82
        )
        navigation.items.add("system", navigation.NavigationItem(_("System"), "settings", "system", "system.run"), position=83)
        navigation.items.add(
            "structure",
            navigation.NavigationItem(_("Structure"), "building-community", "people:structure", "structure.define"),
            position=79,
        )
        navigation.items.add(
            "security", navigation.NavigationItem(_("Security"), "shield-check", "security", "people.security"), position=81
        )
        actions.register("overview.view", _("See the overview"), ("chief", "leader", "office_head", "statistician"))
        navigation.items.add(
            "overview", navigation.NavigationItem(_("Overview"), "layout-dashboard", "overview", "overview.view"), position=15
        )
        navigation.items.add("home", navigation.NavigationItem(_("Workbench"), "home", "home", None), position=10)
        registries.searchables.add("pages", Searchable(_("Pages"), find_pages), position=10)
