"""A small world of figures: a zone, its city, three peers, four indicators of two groups, and sheets to publish."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from zhuanban.indicators import services
from zhuanban.indicators.models import ImportBatch
from zhuanban.kit import clock
from zhuanban.kit.idempotency import new_key
from zhuanban.kit.spreadsheets.tables import Column, OutTable, Value
from zhuanban.kit.spreadsheets.writer import workbook_bytes
from zhuanban.people.access import Viewer, system_viewer
from zhuanban.people.tests.cast import Cast, cast

NOON = datetime(2023, 7, 24, 4, tzinfo=UTC)
"""Monday 24 July 2023, noon in Shanghai."""

BUILDER = system_viewer()
SINCE = date(2023, 1, 1)
_PLACES = (
    ("zone", "示例高新区", "Sample Zone", "zone"),
    ("city", "示例市", "Sample City", "city"),
    ("jia", "甲区", "Jia", "peer"),
    ("yi", "乙区", "Yi", "peer"),
    ("bing", "丙区", "Bing", "peer"),
)
_INDICATORS = (
    # code, Chinese and English name, group, dept, measure, decimals, more
    ("retail_sales", "社会消费品零售总额", "Retail sales", "commerce_cult", "commerce", "亿元", 2, {}),
    ("trade_total", "进出口总额", "Imports and exports", "commerce_cult", "commerce", "万元", 0, {}),
    ("hotel_wages", "住宿业工资总额", "Hotel wages", "commerce_cult", "commerce", "万元", 0, {"frequency": "quarter"}),
    ("budget_revenue", "一般公共预算收入", "Budget revenue", "fiscal_fin", "finance", "万元", 0, {"has_january": True}),
)


@dataclass(frozen=True)
class World:
    """Who is there and how they send things in."""

    people: Cast

    @property
    def statistician(self) -> Viewer:
        return self.people.statistician

    def browser(self, who: str, *, language: str = "zh-hans") -> Client:
        client = Client()
        client.cookies["zb_language"] = language
        client.force_login(self.people.users[who])
        return client

    def publish(self, rows: Sequence[Sequence[Value]], *, on: datetime | None = None, **options: Any) -> ImportBatch:
        """Stage and publish a sheet of the office statistician."""
        with clock.pinned(on or clock.now()):
            batch = self.stage(rows, **options)
            return services.publish_batch(
                batch_id=batch.pk, by=self.statistician, version=batch.version, answer="已核对"
            )  # fmt: skip

    def stage(self, rows: Sequence[Sequence[Value]], *, by: Viewer | None = None, **options: Any) -> ImportBatch:
        return services.stage_sheet(
            by=by or self.statistician, file_name="月度数据.xlsx", content=sheet(rows, **options), again=True
        )  # fmt: skip


def sheet(rows: Sequence[Sequence[Value]], *, title: str = "2023年1—6月主要指标") -> bytes:
    """A workbook: indicator, unit, level, growth, rank, the city's growth, note; missing cells at the end are blank."""
    heads = ("指标", "单位", "本月累计", "增速%", "位次", "全市增速%", "备注")
    table = OutTable(
        title=title,
        columns=tuple(Column(head, "level" if head == "本月累计" else "growth" if "%" in head else "text", 2) for head in heads),
        rows=[[*row, *[None] * (len(heads) - len(row))] for row in rows],
        sheet_name="数据",
    )
    return workbook_bytes([table], made_at=NOON)


def figure(name: str, unit: str, level: str | None, growth: str | None, rank: str = "", city: str | None = None) -> list[Value]:
    """One row of a sheet."""
    return [name, unit, _number(level), _number(growth), rank or None, _number(city)]


def retail(level: str | None = "32.67", growth: str | None = "7.7", city: str | None = "6.8", rank: str = "3/11") -> list[Value]:
    return figure("社会消费品零售总额", "亿元", level, growth, rank, city)


def revenue(level: str | None = "11577", growth: str | None = "10.2", city: str | None = "9.2") -> list[Value]:
    return figure("一般公共预算收入", "万元", level, growth, "", city)


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def upload(client: Client, content: bytes, *, name: str = "月度数据.xlsx", key: str = "", **given: str) -> Any:
    """Hand a file in through the page."""
    body = {"zb_key": key or new_key(), "place": "", "file": SimpleUploadedFile(name, content), **given}
    return client.post("/board/import/", body)


def send(client: Client, batch: ImportBatch, verb: str, **given: Any) -> Any:
    """Press a button of a sheet's page."""
    body = {"zb_key": new_key(), "version": batch.version, **given}
    return client.post(f"/board/import/{batch.pk}/{verb}/", body)


def words_of(response: Any) -> str:
    """The page as text."""
    return str(response.content.decode())


@contextmanager
def at(year: int, month: int, day: int) -> Iterator[None]:
    """Noon of a day in Shanghai."""
    with clock.pinned(datetime(year, month, day, 4, tzinfo=UTC)):
        yield


def world() -> World:
    """Everybody and everything that is measured."""
    people = cast()
    for position, (code, name_zh, name_en, kind) in enumerate(_PLACES):
        services.define_place(
            code=code, by=BUILDER, name_zh=name_zh, name_en=name_en, kind=kind, position=position
        )  # fmt: skip
    for position, (code, name_zh, name_en, group, dept, measure, decimals, more) in enumerate(_INDICATORS):
        basis: Any = {
            "value_kind": "flow", "basis": "cumulative", "frequency": "month", "polarity": "higher", "clause": "四(一)",
            **more,
        }  # fmt: skip
        services.define_indicator(
            code=code, by=BUILDER, name_zh=name_zh, name_en=name_en, group=group, dept=dept, measure=measure,
            decimals=decimals, position=position, **basis,
        )  # fmt: skip
    services.define_target(
        indicator="retail_sales", place="zone", year=2023, kind="growth", is_stretch=False, since=SINCE,
        today=clock.today(), by=BUILDER, operator="at_least", value=Decimal(8), authority="方案附件2",
    )  # fmt: skip
    for place in ("zone", "jia", "yi", "bing"):
        services.define_peer(
            place=place, indicator=None, from_year=2023, until_year=None, authority="方案", by=BUILDER
        )  # fmt: skip
    return World(people)
