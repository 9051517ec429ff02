"""The organisation as a workbook: units with their posts, the working groups, and the industries."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from zhuanban.kit import formats, workspace
from zhuanban.kit.spreadsheets.tables import Column, OutTable, Value
from zhuanban.people.organisation import OrganisationOnDay
from zhuanban.people.shown import ShownUnit, bands, formula, groups, industries


def organisation_tables(found: OrganisationOnDay, *, unit_of_report: str) -> list[OutTable]:
    """One sheet of units and posts, one of groups, one of industries; each with title, reporting post and day."""
    return [_posts(found, unit_of_report), _groups(found, unit_of_report), _industries(found, unit_of_report)]


def _lines(found: OrganisationOnDay, unit_of_report: str, facts: str) -> list[str]:
    lines = [
        _("Unit of report: %(unit)s") % {"unit": unit_of_report},
        _("As of %(day)s · %(facts)s") % {"day": formats.date_words(found.day), "facts": facts},
    ]
    return [*lines, _("Demo data, all invented")] if workspace.config().is_demo else lines


def _title(words: str) -> str:
    config = workspace.config()
    return f"{config.name_zh if formats.in_chinese() else config.name_en} {words}"


def _posts(found: OrganisationOnDay, unit_of_report: str) -> OutTable:
    counts = {"formula": formula(found), "posts": len(found.all_posts), "vacant": found.vacant_count}
    rows = [row for _key, title, units in bands(found) for unit in units for row in _of_unit(title, unit, "")]
    return OutTable(
        title=_title(_("Units and posts")),
        columns=[
            Column(_("No."), "count", width=6),
            Column(_("Band"), width=20),
            Column(_("Unit"), width=30),
            Column(_("Section"), width=18),
            Column(_("Post"), width=36),
            Column(_("Role"), width=24),
            Column(_("State"), width=10),
        ],
        rows=[[at, *row] for at, row in enumerate(rows, 1)],
        lines=_lines(found, unit_of_report, _("%(formula)s, %(posts)s posts, %(vacant)s vacant") % counts),
        sheet_name=_("Units and posts"),
    )


def _of_unit(band: str, unit: ShownUnit, parent: str) -> Iterator[list[Value]]:
    """A row for each post; a unit without posts has one row as well."""
    name = _("%(name)s (name pending)") % {"name": unit.name} if unit.is_pending else unit.name
    where = [band, parent or name, name if parent else ""]
    for post in unit.posts:
        yield [*where, post.name, post.role, post.state]
    if not unit.posts:
        yield [*where, "", "", ""]
    for section in unit.sections:
        yield from _of_unit(band, section, parent or name)


def _groups(found: OrganisationOnDay, unit_of_report: str) -> OutTable:
    rows: list[list[Value]] = [
        [at, each.name, each.leaders, each.responsible, each.collaborating, each.since]
        for at, each in enumerate(groups(found), 1)
    ]
    return OutTable(
        title=_title(_("Working groups")),
        columns=[
            Column(_("No."), "count", width=6),
            Column(_("Group"), width=30),
            Column(_("Leader"), width=36),
            Column(_("Responsible units"), width=36),
            Column(_("Collaborating units"), width=60),
            Column(_("Since"), "date", width=12),
        ],
        rows=rows,
        lines=_lines(found, unit_of_report, _("%(count)s working groups") % {"count": len(rows)}),
        sheet_name=_("Working groups"),
    )


def _industries(found: OrganisationOnDay, unit_of_report: str) -> OutTable:
    rows: list[list[Value]] = [
        [at, each.name, each.responsible, each.collaborating, each.since] for at, each in enumerate(industries(found), 1)
    ]
    return OutTable(
        title=_title(_("Industries")),
        columns=[
            Column(_("No."), "count", width=6),
            Column(_("Industry"), width=30),
            Column(_("Responsible unit"), width=36),
            Column(_("Collaborating units"), width=60),
            Column(_("Since"), "date", width=12),
        ],
        rows=rows,
        lines=_lines(found, unit_of_report, _("%(count)s industries") % {"count": len(rows)}),
        sheet_name=_("Industries"),
    )
