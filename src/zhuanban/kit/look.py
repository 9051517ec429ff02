"""The sheet of components: every part of the library on one page, in demo workspaces and while developing."""

from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import pgettext, pgettext_lazy
from django.views.decorators.http import require_GET

from zhuanban.calc.periods import Period
from zhuanban.kit import formats, workspace
from zhuanban.kit.policy import public

COURSE = [13.8, 12.9, 12.2, 11.8, 11.4, 11.2, 10.9, 8.6, 7.4]


class SampleForm(forms.Form):
    """A form that has just been refused, to show where errors stand."""

    due = forms.CharField(label=pgettext_lazy("sample", "Time limit"))
    measure = forms.CharField(label=pgettext_lazy("sample", "Measure"), required=False, widget=forms.Textarea)

    def clean_due(self) -> str:
        raise forms.ValidationError(
            pgettext("sample", "22 July is not a working day. The nearest working day is 24 July (Monday).")
        )


@public
@require_GET
def sheet(request: HttpRequest) -> HttpResponse:
    """The page; absent outside demo workspaces unless debugging."""
    if not (settings.DEBUG or workspace.config().is_demo):
        raise Http404
    return render(
        request, "kit/look.html", {"sample": sample(), "breadcrumbs": [{"label": pgettext("sample", "Components")}]}
    )


def sample() -> dict[str, Any]:
    """Literal values; names that only the sheet needs stay untranslated samples."""
    return {
        "course": COURSE,
        "form": SampleForm({"due": "2023-07-22", "measure": ""}),
        "groups": [("", pgettext("sample", "All")), ("finance", pgettext("sample", "Finance group"))],
        "knowledge": [
            {"label": pgettext("sample", "Known then"), "url": "#then"},
            {"label": pgettext("sample", "Known now"), "url": "#now", "current": 1},
        ],
        "months": _months(),
        "track": _stages(("Submit", "Accept", "Assign", "Acknowledge", "Handle", "Review", "Visit", "Strike off"), 5),
        "stages": _stages(("Upload", "Columns", "Check", "Publish"), 2),
        "steps": [
            {"label": pgettext("sample", "Returns of the units"), "when": "07-20", "missed": 1, "remark": "11/12"},
            {"label": pgettext("sample", "City figures published"), "when": "07-23", "done": 1, "remark": "31"},
            {
                "label": pgettext("sample", "Enter city figures and ranks"),
                "when": "07-24",
                "current": 1,
                "remark": "30/31",
            },
            {"label": pgettext("sample", "Report to the leaders"), "when": "07-25"},
        ],
        "files": [{"url": "#file", "label": pgettext("sample", "Annex: request for 1,250 kVA")}],
        "facts": [
            (pgettext("sample", "Rule"), pgettext("sample", "Light rule version 3")),
            (pgettext("sample", "Recorded"), "07-24 09:12"),
            (pgettext("sample", "Confirmed"), "07-24 09:40"),
        ],
        "rows": _rows(),
        "chart": _chart(),
    }


def _months() -> list[dict[str, Any]]:
    def until(month: int) -> str:
        return formats.period_words(Period.cumulative(2023, month))

    first = [{"label": formats.period_words(Period.month(2023, 1)), "note": pgettext("sample", "not published")}]
    known = [
        {"label": until(n), "url": "#month", "green": 18 - n % 3, "yellow": 6 + n % 3, "red": 2, "current": n == 6}
        for n in range(2, 7)
    ]
    return [*first, *known, *({"label": until(n)} for n in range(7, 13))]


def _stages(labels: tuple[str, ...], at: int) -> list[dict[str, Any]]:
    words = {
        "Submit": pgettext("stage", "Submit"),
        "Accept": pgettext("stage", "Accept"),
        "Assign": pgettext("stage", "Assign"),
        "Acknowledge": pgettext("stage", "Acknowledge"),
        "Handle": pgettext("stage", "Handle"),
        "Review": pgettext("stage", "Review"),
        "Visit": pgettext("stage", "Visit"),
        "Strike off": pgettext("stage", "Strike off"),
        "Upload": pgettext("stage", "Upload"),
        "Columns": pgettext("stage", "Columns"),
        "Check": pgettext("stage", "Check"),
        "Publish": pgettext("stage", "Publish"),
    }
    return [{"label": words[label], "done": i < at, "current": i == at} for i, label in enumerate(labels)]


def _rows() -> list[dict[str, Any]]:
    return [
        {
            "name": "一般公共预算收入", "measure": "万元", "target": 8, "level": 92640, "growth": 8.9, "city": 7.2, "gap": 1.7,
            "rank": 3, "moved": 2, "light": "green", "chance": 74, "course": list(reversed(COURSE)),
        },
        {
            "name": "企业所得税", "measure": "万元", "target": 6, "level": 14720, "growth": -3.8, "city": 2.6, "gap": -6.4,
            "rank": 9, "moved": -3, "light": "red", "chance": 12, "course": [*COURSE, 2, -3.8],
        },
        {"name": "进出口总额", "measure": "万元", "target": 5, "light": "grey", "course": []},
    ]  # fmt: skip


def _chart() -> dict[str, Any]:
    months = [formats.period_words(Period.cumulative(2023, month)) for month in range(2, 7)]
    axis = {"axisLabel": {"color": "#5E6A7A", "fontSize": 12}}
    return {
        "animation": False,
        "aria": {"enabled": True},
        "grid": {"left": 36, "right": 16, "top": 12, "bottom": 24},
        "xAxis": {"type": "category", "data": months, **axis},
        "yAxis": {"type": "value", "scale": True, **axis},
        "series": [
            {"type": "line", "data": COURSE[:5], "color": "#1B4B87", "lineStyle": {"width": 2.5}, "symbol": "circle"},
            {"type": "line", "data": [10, 10.2, 10.4, 10.6, 10.8], "color": "#5E6A7A", "symbol": "none", "lineStyle": {"type": "dashed"}},
            {"type": "line", "data": [8.2, 8.6, 8.8, 9.0, 9.2], "color": "#C07A2C", "symbol": "none"},
        ],
    }  # fmt: skip
