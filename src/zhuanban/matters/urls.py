"""Addresses of the room matters."""

from django.urls import path

from zhuanban.matters.views import pages, rates

app_name = "matters"
urlpatterns = [
    path("", pages.ledger, name="ledger"),
    path("export/", pages.export, name="export"),
    path("rates/", rates.rates, name="rates"),
    path("move/", pages.move_many, name="move_many"),
    path("register/", pages.register, name="register"),
    path("<str:number>/", pages.matter, name="matter"),
    path("<str:number>/move/", pages.move, name="move"),
    path("<str:number>/escalate/", pages.escalate, name="escalate"),
    path("<str:number>/ask/", pages.ask, name="ask"),
    path("<str:number>/answer/<int:request_id>/", pages.answer, name="answer"),
    path("<str:number>/classify/", pages.classify, name="classify"),
    path("<str:number>/evidence/<int:evidence_id>/", pages.evidence, name="evidence"),
    path("<str:number>/evidence/<int:evidence_id>/preview/", pages.preview, name="preview"),
]
