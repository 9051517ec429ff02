"""The administrators' lists: their columns and filters."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zhuanban.kit.lists import ListColumn, Listing
from zhuanban.people.queries import AccountRow, ProtectionRow


def account_state(row: AccountRow) -> str:
    """Whether an account can be used, in words."""
    if not row.active:
        return str(pgettext_lazy("account", "switched off"))
    return str(pgettext_lazy("account", "active") if row.has_password else pgettext_lazy("account", "waits for its password"))


def _factor(row: ProtectionRow) -> str:
    return str(pgettext_lazy("factor", "in force") if row.has_factor else pgettext_lazy("factor", "none"))


ACCOUNTS = Listing(
    key="accounts",
    title=_("Accounts"),
    address="accounts",
    order="name",
    filters=("state",),
    columns=(
        ListColumn("name", _("Sign-in name"), lambda row: row.username, fixed=True, width=20),
        ListColumn("posts", _("Posts held today"), lambda row: "、".join(row.posts), width=40),
        ListColumn("state", pgettext_lazy("account", "State"), account_state),
        ListColumn("actions", _("Actions")),
    ),
)

PROTECTION = Listing(
    key="protection",
    title=_("Accounts and what protects them"),
    address="security",
    order="name",
    columns=(
        ListColumn("name", _("Sign-in name"), lambda row: row.username, fixed=True, width=20),
        ListColumn("posts", _("Posts held today"), lambda row: "、".join(row.posts), width=40),
        ListColumn("factor", _("Second factor"), _factor),
        ListColumn("password", _("Password set"), lambda row: row.password_set_at, "date", descends=True, width=18),
        ListColumn("sessions", _("Open sessions"), lambda row: len(row.sessions), "count", descends=True, total=True),
        ListColumn("actions", _("Actions")),
    ),
)

RIGHTS = Listing(
    key="rights",
    title=_("Rights by post"),
    address="grants",
    columns=(
        ListColumn("post", _("Post"), lambda row: row.post, fixed=True, width=30),
        ListColumn("role", _("Acts as"), lambda row: row.role, width=20),
        ListColumn("group", _("Group"), lambda row: row.group, width=20),
        ListColumn("line", _("Leader's line"), lambda row: row.line, width=28, hidden=True),
        ListColumn("unit", _("Unit"), lambda row: row.unit, width=20),
        ListColumn("class", pgettext_lazy("data class", "Up to"), lambda row: row.data_class),
        ListColumn("since", _("From"), lambda row: row.since, "date", descends=True),
        ListColumn("until", _("First day without"), lambda row: row.until, "date"),
        ListColumn("actions", _("Actions")),
    ),
)

NOTICES = Listing(
    key="notices",
    title=_("Notices"),
    address="inbox",
    columns=(
        ListColumn("text", _("Notice"), lambda row: row.text, fixed=True, sortable=False),
        ListColumn("kind", pgettext_lazy("notices", "Kind"), sortable=False),
        ListColumn("at", _("When"), lambda row: row.at, "date", sortable=False),
    ),
)

RECORD = Listing(
    key="record",
    title=_("The record"),
    address="audit",
    filters=("since", "until", "table", "op", "kind", "pk"),
    columns=(
        ListColumn("seq", _("Number"), lambda row: row["seq"], "count", fixed=True, sortable=False),
        ListColumn("at", _("Moment"), lambda row: row["at"], "date", sortable=False),
        ListColumn("kind", _("Who acted"), lambda row: row["kind"], sortable=False, hidden=True),
        ListColumn("actor", _("Post"), lambda row: row["actor"], sortable=False),
        ListColumn("reason", _("Reason"), lambda row: row["reason"], sortable=False),
        ListColumn("op", _("Operation"), lambda row: row["op"], sortable=False),
        ListColumn("object", _("Object"), lambda row: row["object"], sortable=False),
        ListColumn("pk", _("Key"), lambda row: row["pk"], sortable=False),
        ListColumn("hash", _("Hash"), lambda row: row["hash"], sortable=False, hidden=True),
    ),
)
"""Newest first and no other way: an entry means what it means after the ones before it."""

LISTS = (ACCOUNTS, PROTECTION, RIGHTS, RECORD)
"""Those whose readings can be kept."""
