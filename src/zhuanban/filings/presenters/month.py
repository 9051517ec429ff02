"""The month's consolidated filings as a page, as an official document and as a workbook."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from zhuanban.calc.periods import Period
from zhuanban.filings.presenters import content, month_title, name_of, state_words, timeliness_words
from zhuanban.filings.queries import FrozenConsolidation
from zhuanban.kit import clock, formats, workspace
from zhuanban.kit.documents.model import Align, Block, Document, Heading, Note, Paragraph, Row, Table
from zhuanban.kit.documents.model import Column as DocumentColumn
from zhuanban.kit.spreadsheets.tables import Column, OutTable
from zhuanban.kit.templatetags.zb import light_word

_LIGHTS = {"green": "●正常", "yellow": "▲预警", "red": "■报警", "grey": "○无数据"}
_STATES = {"due": "待汇成", "compiled": "已汇成未签字", "signed": "已签字待接收", "sent_back": "已退回", "received": "已接收"}
_NUMERALS = "一二三四五六七八九十"
_COLUMNS = (
    DocumentColumn("指标", Align.LEFT, wraps=True),
    DocumentColumn("期间", Align.CENTER),
    DocumentColumn("累计"),
    DocumentColumn("增速\n%"),
    DocumentColumn("全市\n增速"),
    DocumentColumn("差距\npp"),
    DocumentColumn("位次", Align.CENTER),
    DocumentColumn("亮灯", Align.LEFT),
)


def _covered(stored: dict[str, Any]) -> Period:
    return Period.from_key(stored["covered"])


def shown_month(stored: dict[str, Any]) -> dict[str, Any]:
    """The gathered content in the reader's language, figures ready to be written."""
    return {
        "covered": month_title(_covered(stored)),
        "counts": stored["counts"],
        "groups": [
            {
                "name": name_of(group),
                "filings": [_shown_filing(each, group) for each in group["filings"]],
                "missing": [
                    {"unit": name_of(each["unit"]), "state": state_words(each["state"]), "timeliness": timeliness_words(each["timeliness"])}
                    for each in group["missing"]
                ],
            }
            for group in stored["groups"]
        ],
    }


def _shown_filing(each: dict[str, Any], group: dict[str, Any]) -> dict[str, Any]:
    told = content({**each, "group": group, "compiled_at": each["signed_at"]})
    lights = [row["light"] for row in told["indicators"]]
    return {
        **told,
        **{name: each[name] for name in ("certificate", "remark", "is_late", "signed_by")},
        "signed_at": datetime.fromisoformat(each["signed_at"]),
        "red": lights.count("red"),
        "yellow": lights.count("yellow"),
        "green": lights.count("green"),
        "grey": lights.count("grey"),
    }


def document_of(frozen: FrozenConsolidation) -> Document:
    """The frozen text as an official document; official Chinese whatever the reader's language."""
    config, stored = workspace.config(), frozen.content
    counts, covered = stored["counts"], _covered(stored)
    opening = (
        f"{covered.title_zh}应报{counts['owed']}份，已接收{counts['received']}份，其中迟报{counts['late']}份；"
        f"尚未接收{counts['missing']}份。"
    )
    return Document(
        title=f"{config.name_zh}{covered.title_zh}\n月度报送汇总",
        subtitle=f"（第{frozen.number}版）",
        blocks=(
            Paragraph(opening),
            *(block for place, group in enumerate(stored["groups"]) for block in _group(place, group)),
            Note(f"本汇总冻结后不再改变，凭证编号{frozen.certificate}，SHA-256 {frozen.sha256}。各份报送凭证编号见正文。"),
        ),
        signatory=frozen.frozen_by_post.partition(" · ")[0],
        dated=frozen.frozen_at.astimezone(clock.SHANGHAI).date(),
        running_head="演示数据　全部数字均为虚构" if config.is_demo else "",
    )


def _numeral(place: int) -> str:
    """一 to 九十九 for 0 to 98.

    >>> _numeral(0), _numeral(10), _numeral(20)
    ('一', '十一', '二十一')
    """
    tens, ones = divmod(place + 1, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_NUMERALS[tens - 1]}十"
    return head + (_NUMERALS[ones - 1] if ones else "")


def _group(place: int, group: dict[str, Any]) -> Iterator[Block]:
    yield Heading(f"{_numeral(place)}、{group['name_zh']}")
    for serial, each in enumerate(group["filings"]):
        yield from _filing(serial, each)
    if group["missing"]:
        said = "、".join(f"{each['unit']['name_zh']}（{_STATES[each['state']]}）" for each in group["missing"])
        yield Paragraph(f"{said}。", lead="尚未接收：")


def _filing(serial: int, each: dict[str, Any]) -> Iterator[Block]:
    yield Heading(f"（{_numeral(serial)}）{each['unit']['name_zh']}", level=2)
    if each["indicators"]:
        rows = tuple(Row(_cells(row)) for row in each["indicators"])
        yield Table(f"{each['unit']['name_zh']}牵头指标", _COLUMNS, rows, unit="增速：%；差距：百分点")
    for alert in each["alerts"]:
        yield Paragraph(_alert(alert), lead="预警：")
    if each["matters"]:
        still = sum(matter["is_open"] for matter in each["matters"])
        yield Paragraph(f"本月有变化或未销号{len(each['matters'])}件，其中未销号{still}件。", lead="事项：")
    yield Paragraph(each["comment"] or "对汇成内容没有补充。", lead="分析：")
    late = "，迟报" if each["is_late"] else ""
    yield Note(f"{each['signed_by']}签字{late}，凭证编号{each['certificate']}。")


def _alert(alert: dict[str, Any]) -> str:
    said = f"{alert['indicator_zh']}，{alert['message_zh']}"
    told = f"原因：{alert['cause'].rstrip('。；')}；措施：{alert['measure']}" if alert["cause"] else "尚未说明"
    return f"{said.rstrip('。')}。{told.rstrip('。')}。"


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _cells(row: dict[str, Any]) -> tuple[str, ...]:
    return (
        f"{row['name_zh']}\n（{row['measure']}）",
        row["period"]["zh"] if row["period"] else "–",
        formats.level(_decimal(row["level"]), row["decimals"]),
        formats.growth(_decimal(row["growth_pct"])),
        formats.growth(_decimal(row["city_growth_pct"])),
        formats.signed(_decimal(row["gap_pp"])),
        f"{row['rank']}/{row['rank_of'] or '–'}" if row["rank"] else "–",
        _LIGHTS.get(row["light"], row["light"]),
    )


def tables_of(frozen: FrozenConsolidation) -> list[OutTable]:
    """The frozen text as sheets in the reader's language: filings, indicators, alerts, matters."""
    stored = frozen.content
    covered, groups = month_title(_covered(stored)), stored["groups"]
    lines = [
        _("Frozen as number %(number)s on %(when)s, certificate %(certificate)s")
        % {"number": frozen.number, "when": formats.instant_words(frozen.frozen_at), "certificate": frozen.certificate},
        *([_("Demo data, all invented")] if workspace.config().is_demo else []),
    ]

    def table(name: str, columns: list[Column], rows: list[list[Any]]) -> OutTable:
        return OutTable(title=f"{covered} {name}", columns=columns, rows=rows, lines=lines, sheet_name=name)

    filed = [(group, each) for group in groups for each in group["filings"]]
    first = [Column(_("Group"), width=26), Column(_("Unit"), width=22)]

    def of(group: dict[str, Any], each: dict[str, Any]) -> list[Any]:
        return [name_of(group), name_of(each["unit"])]

    return [
        table(
            _("Filings"),
            [*first, Column(_("State"), width=16), Column(_("Timeliness"), width=14), Column(_("Signed"), width=20),
             Column(_("Certificate"), width=26), Column(_("Analysis of the unit"), width=60), Column(_("Remark"), width=30)],
            [
                *([*of(group, each), state_words("received"), timeliness_words("late" if each["is_late"] else "on_time"),
                   formats.instant_words(datetime.fromisoformat(each["signed_at"])), each["certificate"],
                   each["comment"] or _("Nothing to add to the compiled content"), each["remark"]] for group, each in filed),
                *([*of(group, each), state_words(each["state"]), timeliness_words(each["timeliness"]), "", "", "", ""]
                  for group in groups for each in group["missing"]),
            ],
        ),
        table(
            _("Indicators"),
            [*first, Column(_("Indicator"), width=30), Column(_("Measure of the figure"), width=10), Column(_("Period")), Column(_("Actual"), "level", 2, 14),
             Column(_("Growth %"), "growth"), Column(_("City %"), "growth"), Column(_("Gap pp"), "growth"), Column(_("Rank"), "count", 0, 8), Column(_("Light"))],
            [
                [*of(group, each), name_of(row), formats.measure_words(row["measure"]),
                 row["period"]["zh" if formats.in_chinese() else "en"] if row["period"] else "",
                 *(_decimal(row[name]) for name in ("level", "growth_pct", "city_growth_pct", "gap_pp")), row["rank"], light_word(row["light"] or "grey")]
                for group, each in filed for row in each["indicators"]
            ],
        ),
        table(
            _("Alerts"),
            [*first, Column(_("Indicator"), width=30), Column(_("Alert"), width=50), Column(_("Cause"), width=40), Column(_("Measure"), width=40)],
            [[*of(group, each), name_of(row, "indicator"), name_of(row, "message"), row["cause"], row["measure"]] for group, each in filed for row in each["alerts"]],
        ),
        table(
            _("Matters"),
            [*first, Column(_("Number"), width=14), Column(_("Title"), width=40), Column(_("State"), width=16), Column(_("Due"), width=14)],
            [[*of(group, each), row["number"], row["title"], name_of(row, "state"), row["due_on"]] for group, each in filed for row in each["matters"]],
        ),
    ]  # fmt: skip

