"""Addresses of the room people."""

from django.urls import path

from zhuanban.people import views

app_name = "people"
urlpatterns = [
    path("", views.organisation, name="organisation"),
    path("export/", views.organisation_export, name="organisation_export"),
]
