"""Registration of the room plans."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlansConfig(AppConfig):
    name = "zhuanban.plans"
    label = "plans"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from zhuanban.kit import actions, navigation

        actions.register("plans.apply", _("Apply a plan to the workspace"), ("sysadmin",), writes=True)
        navigation.items.add(
            "office",
            navigation.NavigationItem(_("Settings"), "settings", "plans:office", "office.set"),
            position=58,
        )
