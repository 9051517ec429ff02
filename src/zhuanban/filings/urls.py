"""Addresses of the room filings."""

from django.urls import path

from zhuanban.filings import views

app_name = "filings"
urlpatterns = [
    path("", views.filing_list, name="list"),
    path("calendar/", views.calendar, name="calendar"),
    path("timeliness/", views.timeliness, name="timeliness"),
    path("week/", views.week, name="week"),
    path("consolidated/", views.consolidated, name="consolidated"),
    path("consolidated/freeze/", views.consolidate, name="consolidate"),
    path("consolidated/<int:consolidation_id>/", views.consolidation, name="consolidation"),
    path("consolidated/<int:consolidation_id>/<str:kind>/", views.consolidation_file, name="consolidation_file"),
    path("verify/", views.verify, name="verify"),
    path("<int:filing_id>/", views.filing, name="filing"),
    path("<int:filing_id>/signed/<int:number>/", views.signed_version, name="signed_version"),
    path("<int:filing_id>/compile/", views.compile_now, name="compile"),
    path("<int:filing_id>/comment/", views.comment, name="comment"),
    path("<int:filing_id>/no-change/", views.no_change, name="no_change"),
    path("<int:filing_id>/sign/", views.sign, name="sign"),
    path("<int:filing_id>/receive/", views.receive, name="receive"),
    path("<int:filing_id>/send-back/", views.send_back, name="send_back"),
]
