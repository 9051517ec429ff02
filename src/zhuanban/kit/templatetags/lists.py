"""Template tags of lists: a row's cells, in the columns that the reader chose."""

from abc import ABC, abstractmethod

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.template.context import Context
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from zhuanban.kit.lists.columns import ListColumn
from zhuanban.kit.lists.shown import ShownList

register = template.Library()

_LIST = "list"
"""The name under which a page has its list."""

_NOTHING = SafeString("")


class _ColumnNode(template.Node, ABC):
    """A cell of a row, where its column is shown; a hidden one costs a look into a dictionary."""

    def __init__(self, key: str, look: FilterExpression | None) -> None:
        self.key, self.look = key, look

    def render(self, context: Context) -> SafeString:
        shown: ShownList = context[_LIST]
        column = _shown_column(shown, self.key)
        if column is None:
            return _NOTHING
        look = self.look.resolve(context) if self.look else ""
        return _cell(shown, column, self.content(column, context), str(look or ""))

    @abstractmethod
    def content(self, column: ListColumn, context: Context) -> str:
        """What stands in the cell, escaped."""


class CellNode(_ColumnNode):
    """What stands between ``cell`` and ``endcell``."""

    def __init__(self, key: str, look: FilterExpression | None, inside: NodeList) -> None:
        super().__init__(key, look)
        self.nodelist = inside

    def content(self, column: ListColumn, context: Context) -> str:
        return self.nodelist.render(context)


class PlainCellNode(_ColumnNode):
    """What the column holds of a row, and no more."""

    def __init__(self, key: str, look: FilterExpression | None, row: FilterExpression) -> None:
        super().__init__(key, look)
        self.row = row

    def content(self, column: ListColumn, context: Context) -> str:
        return conditional_escape(column.words(column.held(self.row.resolve(context))))


@register.tag
def cell(parser: Parser, token: Token) -> CellNode:
    """``{% cell "due_on" late_class %}…{% endcell %}``: one cell of a row, with a further class if one is given."""
    _tag, key, *look = token.split_contents()
    inside = parser.parse(("endcell",))
    parser.delete_first_token()
    return CellNode(_word(key), _look(parser, look), inside)


@register.tag
def plain_cell(parser: Parser, token: Token) -> PlainCellNode:
    """``{% plain_cell "raised_by" row "zb-nowrap" %}``: a cell that says what its column holds, with a class if one is given."""
    _tag, key, row, *look = token.split_contents()
    return PlainCellNode(_word(key), _look(parser, look), parser.compile_filter(row))


def _word(quoted: str) -> str:
    return quoted.strip("\"'")


def _look(parser: Parser, given: list[str]) -> FilterExpression | None:
    return parser.compile_filter(given[0]) if given else None


@register.simple_tag(takes_context=True)
def mark_cell(context: Context, number: int, version: int = 0, name: str = "") -> SafeString:
    """The box that marks a row; nothing where nothing can be done with several rows."""
    shown: ShownList = context[_LIST]
    if not shown.bulk:
        return _NOTHING
    label = _("Mark %(name)s") % {"name": name or number}
    return format_html(
        '<td class="zb-tick"><label><input type="checkbox" form="zb-bulk" name="marked" value="{}.{}" aria-label="{}"></label></td>',
        number, version, label,
    )  # fmt: skip


def _shown_column(shown: ShownList, key: str) -> ListColumn | None:
    """The column with a key where it is shown. AssertionError for a key the list lacks: a template named it."""
    return shown.shown_columns.get(key) or (shown.column(key) and None)


def _cell(shown: ShownList, column: ListColumn, content: str, look: str) -> SafeString:
    around = shown.markup.get((column.key, look))
    if around is None:
        around = shown.markup[column.key, look] = _around(column, look)
    return SafeString(f"{around[0]}{content}{around[1]}")


def _around(column: ListColumn, look: str) -> tuple[str, str]:
    """The markup around a cell's content: the same for every row, so a page makes it once."""
    looks = " ".join(
        each
        for each in ("zb-num" if column.is_number else "", "zb-nowrap" if column.kind in ("date", "count") else "", look)
        if each
    )
    css = format_html(' class="{}"', looks) if looks else ""
    if column.fixed:
        return format_html('<th scope="row"{}>', css), "</th>"
    return format_html('<td{} data-label="{}"><div>', css, column.name), "</div></td>"
