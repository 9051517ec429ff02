"""Each kind of mistake in a pack is found at its line and explained in both languages."""

import shutil
from pathlib import Path

import pytest

from zhuanban.plans.packs import PackRefused, builtin_folder, check_pack, load_pack
from zhuanban.plans.packs.sentences import SENTENCES

# file, text in the clean pack, text put in its place, text that ends on the line to be named, code expected
MISTAKES = [
    ("pack.yaml", "plan_year: 2023", "plan_year: soon", "plan_year", "bad_number"),
    ("pack.yaml", "issued_on: 2023-04-04", "issued_on: 2023-02-30", "issued_on", "bad_date"),
    ("pack.yaml", "issued_on: 2023-04-04", "issued_on: 4 April 2023", "issued_on", "bad_date"),
    ("pack.yaml", "zone: anshan_htz", "zone: anshan_zone", "zone: anshan_zone", "reference_unknown"),
    ("pack.yaml", "format: 1", "format: 2", "format: 2", "bad_number"),
    ("pack.yaml", "  chief: committee_director\n", "", "task_force:", "field_missing"),
    ("units.yaml", "kind: section", "kind: bureau", "kind: bureau", "not_one_of"),
    ("units.yaml", "parent: tech_econ_office", "parent: task_force_office", "task_force_office, name_zh", "cycle"),
    ("units.yaml", "name_zh: 农业农村办,", "name_zh: 商务办,", "code: commerce_office", "name_twice"),
    ("units.yaml", "code: agri_office", "code: 农业办", "code: 农业办", "bad_code"),
    ("units.yaml", ", clause: 四(三), aliases: [发展中心]", "", "dev_service_center", "clause_missing"),
    ("units.yaml", "clause: 四(三), aliases: [税务局]", "clause: 九(一), aliases: [税务局]", "九(一)", "clause_unknown"),
    ("units.yaml", "name_pending: true}\n- {code: street_2", "name_pending: yes}\n- {code: street_2", "pending: yes", "bad_truth"),
    ("units.yaml", "- {code: committee,", "- just words\n- {code: committee,", "just words", "not_a_mapping"),
    ("posts.yaml", "unit: dev_service_center", "unit: dev_centre", "unit: dev_centre", "reference_unknown"),
    ("posts.yaml", "roles: [statistician]", "roles: [statistics]", "roles: [statistics]", "not_one_of"),
    ("posts.yaml", "standing: chief, clause", "standing: chief, holder: 某人, clause", "holder: 某人", "person_in_pack"),
    ("groups.yaml", "responsible: [commerce_office]", "responsible: []", "responsible: []", "group_without_dept"),
    ("groups.yaml", "{mode: fixed, units: [tax_bureau]}", "{mode: on_call, units: [tax_bureau]}", "on_call, units", "collaboration_contradicts"),
    ("groups.yaml", "[tax_bureau]}", "[tax_bureau, tax_bureau]}", "tax_bureau, tax_bureau", "reference_twice"),
    ("groups.yaml", "leaders: [deputy_director_a]", "leaders: [deputy_director_x]", "deputy_director_x", "reference_unknown"),
    ("industries.yaml", "responsible: finance_office", "responsible: fiscal_office", "responsible: fiscal_office", "reference_unknown"),
    ("industries.yaml", "responsible: finance_office", "responsible: finance_office, collaborating: [finance_office]", "collaborating: [finance_office]", "industry_unit_twice"),
    ("industries.yaml", "name_zh: 工业", "name_zh: 科技", "code: industry, name_zh: 科技", "name_twice"),
    ("industries.yaml", "clause: 四(三), ", "", "code: finance", "clause_missing"),
    ("industries.yaml", "responsible: finance_office", "responsible: finance_office, holder: 某人", "holder: 某人", "person_in_pack"),
    ("indicators.yaml", "code: fai\n", "code: gdp\n", "地区生产总值增速]\n- code: gdp", "code_twice"),
    ("indicators.yaml", "  clause: 四(一)\n", "  clause: 四(一)\n  territories: [street_1, commerce_office]\n", "territories: [street_1, commerce_office]", "territory_kind"),
    ("indicators.yaml", "  clause: 四(一)\n", "  clause: 四(一)\n  territories: [street_9]\n", "territories: [street_9]", "reference_unknown"),
    ("indicators.yaml", "  name_en: Fixed-asset investment\n", "", "- code: fai", "name_missing"),
    ("indicators.yaml", "  polarity: higher\n  decimals: 1\n", "  decimals: 1\n", "- code: ind_va_above", "field_missing"),
    ("indicators.yaml", "name_zh: 房产税\n", "name_zh: 房产税\n  forecast_2023: 5\n", "forecast_2023", "key_unknown"),
    ("indicators.yaml", "aliases: [房产税收入]", "aliases: [增值税收入]", "aliases: [增值税收入]", "name_twice"),
    ("indicators.yaml", "subset_of: vat", "subset_of: vatt", "subset_of: vatt", "reference_unknown"),
    ("indicators.yaml", "successor: construction_vat", "successor: gone", "successor: gone", "reference_unknown"),
    ("indicators.yaml", "measure: 万吨公里", "measure: 车次", "measure: 车次", "not_one_of"),
    ("indicators.yaml", 'measure: "%"', "measure: 亿元", "- code: ind_va_above\n  name_zh: 规上工业增加值\n  name_en: Value added of above-scale industry\n  clause: 四(七)\n  group: SCI_INDUSTRY\n  dept: tech_econ_office\n  measure: 亿元", "measure_contradicts"),
    ("indicators.yaml", "dept: agri_office", "dept: commerce_office", "dept: commerce_office", "dept_not_in_group"),
    ("indicators.yaml", "  group: HOUSING_AGRI\n  dept: agri_office\n", "", "- code: agri_output", "owner_missing"),
    ("indicators.yaml", "owner: unowned\n", "owner: unowned\n  group: GENERAL\n", "owner: unowned", "owner_contradicts"),
    ("indicators.yaml", "frequency: quarter\n  has_fourth", "frequency: quarter\n  has_january: true\n  has_fourth", "has_january: true", "calendar_contradicts"),
    ("indicators.yaml", "value_kind: stock\n  report_basis: point", "value_kind: stock\n  report_basis: cumulative", "stock\n  report_basis: cumulative", "basis_contradicts"),
    ("indicators.yaml", "active_until: 2016-04-30", "active_from: 2017-01-01\n  active_until: 2016-04-30", "active_from", "dates_reversed"),
    ("indicators.yaml", "  active_until: 2016-04-30\n  successor: vat", "  successor: vat", "successor: vat", "successor_contradicts"),
    ("cadences.yaml", "  weekday: 5\n", "", "to: [responsible_dept]\n  rhythm: weekly", "cadence_incomplete"),
    ("cadences.yaml", "roll: {value", "rolling: {value", "rolling", "parameter_unknown"),
    ("rules.yaml", "red_gap_pp:", "red_gap:", "red_gap:", "parameter_unknown"),
    ("rules.yaml", "last_places: {value: 2,", "last_places: {value: two,", "value: two", "bad_number"),
    ("rules.yaml", "code: below_city_average", "code: below_province", "code: below_province", "not_one_of"),
    ("rules.yaml", "red_gap_pp: {value: 5.0, authority: product_default}", "red_gap_pp: {value: 5.0, authority: plan}", "red_gap_pp", "clause_missing"),
    ("ladder.yaml", "level: 2", "level: 5", "level: 5", "ladder_broken"),
    ("ladder.yaml", "rules: [indicator_default]", "rules: [all_red]", "rules: [all_red]", "reference_unknown"),
    ("clocks.yaml", "{value: 3, authority", "{value: 3, reason: x, authority", "reason: x", "key_unknown"),
    ("peers.yaml", "    - taian\n", "    - taian\n    - panjin\n", "- panjin", "reference_unknown"),
    ("peers.yaml", "from_year: 2023", "from_year: 2023\n  until_year: 2022", "from_year", "dates_reversed"),
    ("targets.yaml", "{place: liaoning, indicator: gdp", "{place: shenyang, indicator: gdp", "shenyang", "reference_unknown"),
    ("targets.yaml", "operator: about, value: 12", 'operator: "≈", value: 12', '"≈"', "not_one_of"),
    ("targets.yaml", "operator: about, value: 12,", "operator: about,", "operator: about, measure", "target_incomplete"),
    ("targets.yaml", "operator: about, value: 12", "operator: not_below_city_average, value: 12", "not_below", "target_excess"),
    ("targets.yaml", "value: 470", "value: about 470", "about 470", "bad_number"),
    ("targets.yaml", "value: 470, measure: 亿元", "value: 470, measure: 万元", "measure: 万元", "measure_contradicts"),
    ("targets.yaml", ", source: liaoning_daily_2023_03_05}\n- {place: anshan, indicator: gdp", "}\n- {place: anshan, indicator: gdp", "domestic_capital", "field_missing"),
    ("targets.yaml", "indicator: gdp, year: 2024", "indicator: fai, year: 2024", "at_least, value: 10, measure: \"%\", source: anshan_gov_2024", "target_twice"),
    ("sources.yaml", "kind: newspaper", "kind: newspaper\n  kind: newspaper", "kind: newspaper\n  kind: newspaper", "key_twice"),
    ("places.yaml", "code: china,", "code: !nation china,", "!nation", "tag_used"),
    ("clocks.yaml", "working_days: {value: 0, authority: product_default}}", "working_days: &d {value: 0, authority: product_default}}\n- {code: other, name_zh: 其他, name_en: Other, authority: law, working_days: *d}", "*d", "alias_used"),
]  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(builtin_folder("anshan-2023"), tmp_path / "pack"))


def line_of(path: Path, marker: str) -> int:
    """The line on which the first occurrence of the marker ends."""
    before, found, _ = path.read_text(encoding="utf-8").partition(marker)
    assert found, f"{marker!r} is not in {path.name}"
    return (before + found).count("\n") + 1


@pytest.mark.parametrize(("file", "right", "wrong", "marker", "code"), MISTAKES, ids=[f"{m[0]}-{m[4]}" for m in MISTAKES])
def test_a_mistake_is_found_at_its_line(folder: Path, file: str, right: str, wrong: str, marker: str, code: str):
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert right in text
    path.write_text(text.replace(right, wrong, 1), encoding="utf-8")

    problems = check_pack(folder)

    assert (file, code) in {(found.file, found.code) for found in problems}
    lines = [found.line for found in problems if (found.file, found.code) == (file, code)]
    assert line_of(path, marker) in lines


def test_all_mistakes_of_all_files_come_at_once(folder: Path):
    (folder / "peers.yaml").unlink()
    (folder / "ladder.yaml").write_text("levels: 5\n", encoding="utf-8")
    (folder / "rules.yaml").write_text("- code: [unclosed\n", encoding="utf-8")
    (folder / "clocks.yaml").write_bytes("- {code: register, name_zh: 登记}\n".encode("gbk"))
    (folder / "indicator.yaml").write_text("[]\n", encoding="utf-8")
    units = folder / "units.yaml"
    units.write_text(units.read_text(encoding="utf-8").replace("kind: street", "kind: road"), encoding="utf-8")

    found = [(problem.file, problem.line, problem.code) for problem in check_pack(folder)]

    street = line_of(units, "code: street_1")
    assert found == [
        ("clocks.yaml", 1, "file_not_utf8"),
        ("indicator.yaml", 1, "file_unknown"),
        ("ladder.yaml", 1, "not_a_list"),
        ("peers.yaml", 1, "file_missing"),
        ("rules.yaml", 2, "yaml_syntax"),
        ("units.yaml", street, "not_one_of"),
        ("units.yaml", street + 1, "not_one_of"),
    ]


def test_a_missing_folder_is_said_once(tmp_path: Path):
    assert [found.code for found in check_pack(tmp_path / "nowhere")] == ["folder_missing"]


def test_a_swollen_file_is_not_read(folder: Path):
    (folder / "clocks.yaml").write_text("# " + "x" * 600_000, encoding="utf-8")
    assert [(found.file, found.code) for found in check_pack(folder)] == [("clocks.yaml", "file_too_large")]


def test_the_message_says_what_why_and_what_to_do_in_both_languages(folder: Path):
    path = folder / "indicators.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("subset_of: fai", "subset_of: faii"), encoding="utf-8")
    (problem,) = check_pack(folder)
    line = line_of(path, "subset_of: faii")
    assert problem.text("zh-hans") == (
        f"indicators.yaml:{line}: “subset_of”引用了不存在的指标“faii”。是否应为“fai”？"
        "请先在 indicators.yaml 中定义，或改正代码。"
    )
    assert problem.text("en") == (
        f"indicators.yaml:{line}: 'subset_of' refers to the indicator 'faii', which does not exist. "
        "Did you mean 'fai'? Define it in indicators.yaml or correct the code."
    )


def test_a_broken_entry_is_reported_once_and_not_again_by_those_who_refer_to_it(folder: Path):
    path = folder / "units.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("name_zh: 商务办, ", ""), encoding="utf-8")
    assert [found.code for found in check_pack(folder)] == ["name_missing"]


def test_a_pack_with_problems_cannot_be_loaded(folder: Path):
    (folder / "rules.yaml").unlink()
    with pytest.raises(PackRefused) as refused:
        load_pack(folder)
    assert [found.code for found in refused.value.problems] == ["reference_unknown", "file_missing"]


def test_reading_keeps_decimals_exact(folder: Path):
    path = folder / "rules.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("red_gap_pp: {value: 5.0", "red_gap_pp: {value: 0.10"), encoding="utf-8")
    assert str(load_pack(folder).rules[0].parameters["red_gap_pp"].value) == "0.10"


def test_every_sentence_stands_in_both_languages_and_names_the_same_facts():
    import string

    def facts(sentence: str) -> set[str]:
        names = {name for _, name, _, _ in string.Formatter().parse(sentence) if name}
        return {name.removesuffix("_zh").removesuffix("_en") for name in names}

    assert {code for code, (zh, en) in SENTENCES.items() if facts(zh) != facts(en)} == set()
