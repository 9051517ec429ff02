"""Addresses of the room reports."""

from django.urls import path

from zhuanban.reports import views

app_name = "reports"
urlpatterns = [
    path("monthly/", views.monthly, name="monthly"),
    path("monthly/download/", views.monthly_download, name="monthly_download"),
]
