"""Publishing, confirming, closing and putting away: what is written, what is recorded, what is refused."""

from decimal import Decimal

import pytest
from django_tasks_db.models import DBTaskResult

from zhuanban.indicators import queries, services
from zhuanban.indicators.models import Figure, ImportBatch, PeriodLock
from zhuanban.indicators.tests.world import World, at, figure, retail, revenue, sheet
from zhuanban.kit.refusals import Refusal
from zhuanban.trail.models import Entry
from zhuanban.trail.queries import verify


def codes_of(refusal: pytest.ExceptionInfo[Refusal]) -> list[str]:
    return refusal.value.codes


def test_published_figures_carry_source_vintage_cell_and_recorder(here: World):
    with at(2023, 7, 19):
        batch = here.publish([retail(city=None)])
        published_at = batch.published_at
    row = Figure.objects.get()
    assert (row.level, row.growth_pct, row.rank, row.rank_of) == (Decimal("32.67"), Decimal("7.7"), 3, 11)
    assert (row.status, row.period.key, row.known_at) == ("official", "2023-01..06", published_at)
    assert (row.batch, row.batch_cell, row.source) == (batch, "C3", "月度数据.xlsx")
    assert (row.recorded_by_id, row.recorded_by_post) == (here.statistician.user_id, here.statistician.label)


def test_a_correction_is_a_new_figure_and_the_old_one_stays(here: World):
    with at(2023, 7, 19):
        here.publish([retail(city=None)])
    with at(2023, 7, 21):
        here.publish([retail("31.90", "5.9", None)])
    rows = Figure.objects.order_by("id").values_list("level", "growth_pct", "status")
    assert list(rows) == [
        (Decimal("32.67"), Decimal("7.7"), "official"),
        (Decimal("31.90"), Decimal("5.9"), "revised"),
    ]


def test_i_06_a_board_as_known_then_shows_the_figure_of_then(here: World):
    with at(2023, 7, 19):
        here.publish([retail(city="6.8")])
    with at(2023, 7, 21):
        here.publish([retail("31.90", "5.9", None)])
    with at(2023, 7, 20):
        then = here.stage([retail("1", "1")]).uploaded_at
    shown = {
        when: queries.board(viewer=here.statistician, year=2023, month=6, as_known=when).row("retail_sales")
        for when in (then, None)
    }
    assert [(row.level, row.growth_pct, row.is_revised) for row in shown.values() if row] == [
        (Decimal("32.67"), Decimal("7.7"), False),
        (Decimal("31.90"), Decimal("5.9"), True),
    ]


def test_i_05_official_growth_is_kept_where_the_levels_say_otherwise(here: World):
    here.publish([revenue("900000", "5.2", None)], title="2022年1—6月主要指标")
    here.publish([revenue("950000", "5.2", None)])
    assert Figure.objects.get(year=2023).growth_pct == Decimal("5.2")


def test_joint_january_and_february_is_one_row(here: World):
    here.publish([retail("10.20", "6.0", None)], title="2023年1—2月主要指标")
    assert Figure.objects.get().period.key == "2023-01..02"


def test_flash_and_official_stand_beside_each_other(here: World):
    here.publish([retail("32.10", "7.1", None)], title="2023年1—6月主要指标快报")
    here.publish([retail(city=None)])
    assert sorted(Figure.objects.values_list("status", flat=True)) == ["flash", "official"]


def test_equal_rows_are_passed_over_beside_changed_ones(here: World):
    here.publish([retail(), revenue()])
    batch = here.publish([retail("31.90", "5.9"), revenue()])
    assert Figure.objects.filter(batch=batch).count() == 1


def test_what_a_sheet_is_silent_about_stays_and_is_asked_about(here: World):
    here.publish([retail(city=None)])
    asked = here.stage([figure("社会消费品零售总额", "亿元", None, "5.9")])
    assert [(each["severity"], each["code"], each["address"], each["facts"]["kept"]) for each in asked.staged["problems"]] == [
        ("question", "sheet_level_unsaid", "D3", "32.67")
    ]
    with pytest.raises(Refusal) as refusal:
        services.publish_batch(batch_id=asked.pk, by=here.statistician, version=asked.version)
    assert codes_of(refusal) == ["batch_questions_open"]
    services.publish_batch(batch_id=asked.pk, by=here.statistician, version=asked.version, answer="数值不变")
    newest = Figure.objects.latest("id")
    assert (newest.status, newest.level, newest.growth_pct) == ("revised", Decimal("32.67"), Decimal("5.9"))
    assert (newest.rank, newest.rank_of) == (3, 11)


def test_a_level_revised_without_its_growth_is_asked_about(here: World):
    here.publish([retail(city=None)])
    asked = here.stage([figure("社会消费品零售总额", "亿元", "31.90", None)])
    assert [each["code"] for each in asked.staged["problems"]] == ["sheet_growth_unsaid"]


def test_a_value_that_was_missing_completes_a_figure_and_is_no_revision(here: World):
    with at(2023, 7, 19):
        here.publish([retail(city=None, rank="")])
    batch = here.stage([figure("社会消费品零售总额", "亿元", None, "7.7", "3/11")])
    assert batch.staged["problems"] == []
    services.publish_batch(batch_id=batch.pk, by=here.statistician, version=batch.version)
    newest = Figure.objects.latest("id")
    assert (newest.status, newest.level, newest.rank) == ("official", Decimal("32.67"), 3)


def test_a_sheet_that_says_less_than_is_stored_is_already_stored(here: World):
    here.publish([retail(city=None)])
    again = here.stage([figure("社会消费品零售总额", "亿元", "32.67", None)])
    with pytest.raises(Refusal) as refusal:
        services.publish_batch(batch_id=again.pk, by=here.statistician, version=again.version)
    assert codes_of(refusal) == ["batch_already_stored"]


def test_publishing_is_recorded_and_tells_the_rooms_above_which_months_to_look_at(here: World):
    DBTaskResult.objects.all().delete()
    batch = here.publish([retail(city=None)])
    entries = Entry.objects.filter(reason=f"发布数据 {batch.file_name}").order_by("seq")
    assert [(entry.op, entry.tbl) for entry in entries if entry.tbl.startswith("indicators_")] == [
        ("update", "indicators_importbatch"),
        ("insert", "indicators_figure"),
    ]
    assert {entry.actor_label for entry in entries} == {here.statistician.label}
    told = DBTaskResult.objects.get()
    assert told.args_kwargs["args"] == ["figures.published", {"months": [[2023, 6]], "batch": batch.pk}]
    assert not verify(deep=True).findings


def test_a_refused_sheet_writes_nothing_and_tells_nobody(here: World):
    here.publish([retail()])
    DBTaskResult.objects.all().delete()
    before = Entry.objects.count()
    batch = here.stage([retail()])
    with pytest.raises(Refusal) as refusal:
        services.publish_batch(batch_id=batch.pk, by=here.statistician, version=batch.version)
    assert codes_of(refusal) == ["batch_already_stored"]
    batch.refresh_from_db()
    assert (batch.state, batch.version) == ("staged", 1)
    assert DBTaskResult.objects.count() == 0
    # The staged sheet and its file; nothing of the refused publication.
    assert Entry.objects.count() == before + 2


def test_a_right_lost_since_the_preview_counts_when_publishing(here: World):
    batch = here.stage([retail(city=None), revenue(city=None)])
    with pytest.raises(Refusal) as refusal:
        services.publish_batch(batch_id=batch.pk, by=here.people.commerce_clerk, version=batch.version)
    assert codes_of(refusal) == ["not_allowed"]
    assert Figure.objects.count() == 0


def test_a_month_closed_since_the_preview_counts_when_publishing(here: World):
    batch = here.stage([retail()])
    services.lock_period(year=2023, month=6, by=here.people.office_head, reason="月报已印发")
    with pytest.raises(Refusal) as refusal:
        services.publish_batch(batch_id=batch.pk, by=here.statistician, version=batch.version)
    assert codes_of(refusal) == ["period_locked"]
    assert Figure.objects.count() == 0


def test_closing_a_month_is_recorded_with_its_reason(here: World):
    lock = services.lock_period(year=2023, month=5, by=here.people.office_head, reason="月报已印发")
    assert (lock.locked_by_post, lock.reason) == (here.people.office_head.label, "月报已印发")
    entry = Entry.objects.latest("seq")
    assert (entry.tbl, entry.pk_text, entry.reason) == ("indicators_periodlock", str(lock.pk), "关闭 2023-05 及以前月份")
    with pytest.raises(Refusal) as refusal:
        services.lock_period(year=2023, month=6, by=here.statistician, reason="x")
    assert codes_of(refusal) == ["not_allowed"]
    assert PeriodLock.objects.count() == 1


def test_a_second_person_confirms_once(here: World):
    batch = here.publish([retail()])
    services.confirm_batch(batch_id=batch.pk, by=here.people.office_head, version=batch.version)
    batch.refresh_from_db()
    assert (batch.confirmed_by_post, batch.version) == (here.people.office_head.label, 3)
    assert Entry.objects.latest("seq").reason == f"确认数据 {batch.file_name}"
    with pytest.raises(Refusal) as refusal:
        services.confirm_batch(batch_id=batch.pk, by=here.people.office_head, version=batch.version)
    assert codes_of(refusal) == ["batch_already_confirmed"]


@pytest.mark.parametrize(
    ("who", "code"), [("statistician", "confirmer_is_recorder"), ("finance_head", "not_allowed"), ("chief", "not_allowed")]
)
def test_nobody_else_confirms(here: World, who: str, code: str):
    batch = here.publish([retail()])
    with pytest.raises(Refusal) as refusal:
        services.confirm_batch(batch_id=batch.pk, by=here.people.viewers[who], version=batch.version)
    assert codes_of(refusal) == [code]
    assert ImportBatch.objects.get().confirmed_at is None


def test_only_a_published_sheet_is_confirmed_and_only_a_staged_one_put_away(here: World):
    batch = here.stage([figure("进出口总额", "万元", "7890", "5.8")])
    with pytest.raises(Refusal) as refusal:
        services.confirm_batch(batch_id=batch.pk, by=here.people.office_head, version=batch.version)
    assert codes_of(refusal) == ["batch_not_published"]
    with pytest.raises(Refusal) as refusal:
        services.cancel_batch(batch_id=batch.pk, by=here.people.office_head, version=batch.version)
    assert codes_of(refusal) == ["not_allowed"]
    services.cancel_batch(batch_id=batch.pk, by=here.statistician, version=batch.version)
    assert Entry.objects.latest("seq").reason == f"取消导入 {batch.file_name}"
    with pytest.raises(Refusal) as refusal:
        services.cancel_batch(batch_id=batch.pk, by=here.statistician, version=2)
    assert codes_of(refusal) == ["batch_not_staged"]


def test_the_effect_of_a_sheet_counts_as_publishing_writes(here: World):
    here.publish([retail(), revenue()])
    batch = here.stage([retail("31.90", "5.9"), revenue(), figure("进出口总额", "万元", "7890", "5.8")])
    effect = queries.batch_effect(viewer=here.statistician, as_known=None, batch=batch)
    services.publish_batch(batch_id=batch.pk, by=here.statistician, version=batch.version)
    written = Figure.objects.filter(batch=batch).values_list("status", flat=True)
    assert (effect.new, effect.changed, effect.same) == (1, 1, 3)
    assert sorted(written) == ["official", "revised"]
    batch.refresh_from_db()
    after = queries.batch_effect(viewer=here.statistician, as_known=None, batch=batch)
    assert (after.new, after.changed, after.same) == (1, 1, 3)


def test_a_department_publishes_no_figure_of_the_city_not_even_past_the_preview(here: World) -> None:
    batch = services.stage_sheet(by=here.statistician, file_name="月度数据.xlsx", content=sheet([retail()]))
    with pytest.raises(Refusal) as refused:
        services.publish_batch(batch_id=batch.pk, by=here.people.commerce_clerk, version=batch.version, answer="")
    assert refused.value.codes == ["not_allowed"]
    assert not Figure.objects.filter(batch=batch).exists()
