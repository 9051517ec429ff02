"""Addresses of the room filings."""

from django.urls import path

from zhuanban.filings.views import consolidating, extending, many, one

app_name = "filings"
urlpatterns = [
    path("", many.filing_list, name="list"),
    path("remind/", many.remind, name="remind"),
    path("calendar/", many.calendar, name="calendar"),
    path("timeliness/", many.timeliness, name="timeliness"),
    path("week/", many.week, name="week"),
    path("consolidated/", consolidating.consolidated, name="consolidated"),
    path("consolidated/freeze/", consolidating.consolidate, name="consolidate"),
    path("consolidated/<int:consolidation_id>/", consolidating.consolidation, name="consolidation"),
    path("consolidated/<int:consolidation_id>/<str:kind>/", consolidating.consolidation_file, name="consolidation_file"),
    path("verify/", one.verify, name="verify"),
    path("<int:filing_id>/", one.filing, name="filing"),
    path("<int:filing_id>/signed/<int:number>/", one.signed_version, name="signed_version"),
    path("<int:filing_id>/compile/", one.compile_now, name="compile"),
    path("<int:filing_id>/comment/", one.comment, name="comment"),
    path("<int:filing_id>/no-change/", one.no_change, name="no_change"),
    path("<int:filing_id>/more-time/", extending.ask, name="ask_extension"),
    path("<int:filing_id>/more-time/answer/", extending.answer, name="answer_extension"),
    path("<int:filing_id>/sign/", one.sign, name="sign"),
    path("<int:filing_id>/receive/", one.receive, name="receive"),
    path("<int:filing_id>/send-back/", one.send_back, name="send_back"),
]
