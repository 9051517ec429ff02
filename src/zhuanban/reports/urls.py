"""Addresses of the room reports."""

from django.urls import path

from zhuanban.reports.views import monthly, office

app_name = "reports"
urlpatterns = [
    path("", office.reports, name="list"),
    path("monthly/", monthly.monthly, name="monthly"),
    path("monthly/download/", monthly.monthly_download, name="monthly_download"),
    path("draft/", office.draft, name="draft"),
    path("<int:report_id>/", office.report, name="report"),
    path("<int:report_id>/passages/<slug:key>/", office.passage, name="passage"),
    path("<int:report_id>/recompose/", office.recompose, name="recompose"),
    path("<int:report_id>/submit/", office.submit, name="submit"),
    path("<int:report_id>/send-back/", office.send_back, name="send_back"),
    path("<int:report_id>/issue/", office.issue, name="issue"),
    path("<int:report_id>/withdraw/", office.withdraw, name="withdraw"),
    path("<int:report_id>/check/", office.check, name="check"),
    path("<int:report_id>/report.docx", office.word, name="word"),
    path("<int:report_id>/report.pdf", office.pdf, name="pdf"),
]
