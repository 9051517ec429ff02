"""Addresses of the room alerts."""

from django.urls import path

from zhuanban.alerts import views

app_name = "alerts"
urlpatterns = [
    path("", views.alert_list, name="list"),
    path("acknowledge/", views.acknowledge_many, name="many"),
    path("<int:alert_id>/", views.alert, name="alert"),
    path("<int:alert_id>/acknowledge/", views.acknowledge, name="acknowledge"),
    path("<int:alert_id>/explain/", views.explain, name="explain"),
    path("<int:alert_id>/matter/", views.open_matter, name="open_matter"),
    path("<int:alert_id>/close/", views.close, name="close"),
]
