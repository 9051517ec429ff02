"""The indicators that a reader wants to have before the eyes on the workbench."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from zhuanban.calc.periods import Period
from zhuanban.indicators import queries as indicators
from zhuanban.indicators.queries import Board
from zhuanban.kit.following import follow, followed
from zhuanban.kit.forms import put_beside, status_of
from zhuanban.kit.idempotency import once
from zhuanban.kit.policy import policy
from zhuanban.kit.refusals import Refusal
from zhuanban.people.access import Viewer, viewer_in

KIND = "indicator"


class FollowedForm(forms.Form):
    """Which of the indicators within reach are followed; the choices stand under their groups."""

    codes = forms.MultipleChoiceField(
        label=gettext_lazy("Indicators to follow"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: Any = None, *, board: Board, chosen: frozenset[str] = frozenset()) -> None:
        super().__init__(data, initial={"codes": sorted(chosen)})
        groups = [(group.name, [(row.code, row.name) for row in board.rows if row.group_id == group.id]) for group in board.groups]
        self.fields["codes"].choices = [each for each in groups if each[1]]  # type: ignore[attr-defined]


def card(viewer: Viewer, board: Board) -> dict[str, Any] | None:
    """What the workbench shows of the followed indicators, in the board's order; None where nothing is within reach."""
    if not board.rows:
        return None
    chosen = followed(actor=viewer.actor.key, kind=KIND)
    return {
        "rows": [row for row in board.rows if row.code in chosen],
        "period": Period.cumulative(board.year, board.month),
        "url": reverse("followed"),
    }


@policy("indicators.view")
@require_http_methods(["GET", "POST"])
@once
def choose(request: HttpRequest) -> HttpResponse:
    """Choose what to follow; what is beyond reach meanwhile is neither shown nor kept."""
    viewer = viewer_in(request)
    year, month = indicators.newest_month(viewer=viewer, as_known=None)
    board = indicators.board(viewer=viewer, year=year, month=month, as_known=None)
    form = FollowedForm(request.POST or None, board=board, chosen=followed(actor=viewer.actor.key, kind=KIND))
    if request.method == "POST" and form.is_valid():
        try:
            follow(actor=viewer.actor.key, kind=KIND, codes=form.cleaned_data["codes"])
        except Refusal as refusal:
            put_beside(form, refusal)
        else:
            messages.success(request, _("These indicators stand on your workbench from now on."))
            return redirect("home")
    context = {"form": form, "any": bool(board.rows), "breadcrumbs": [{"label": _("Indicators that I follow")}]}
    return render(request, "site/followed.html", context, status=status_of(form))
