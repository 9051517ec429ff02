"""Addresses of the room matters."""

from django.urls import path

from zhuanban.matters import views

app_name = "matters"
urlpatterns = [
    path("", views.ledger, name="ledger"),
    path("export/", views.export, name="export"),
    path("move/", views.move_many, name="move_many"),
    path("register/", views.register, name="register"),
    path("<str:number>/", views.matter, name="matter"),
    path("<str:number>/move/", views.move, name="move"),
    path("<str:number>/escalate/", views.escalate, name="escalate"),
    path("<str:number>/ask/", views.ask, name="ask"),
    path("<str:number>/answer/<int:request_id>/", views.answer, name="answer"),
    path("<str:number>/classify/", views.classify, name="classify"),
    path("<str:number>/evidence/<int:evidence_id>/", views.evidence, name="evidence"),
    path("<str:number>/evidence/<int:evidence_id>/preview/", views.preview, name="preview"),
]
