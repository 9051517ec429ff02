"""Addresses of the room plans: what the office sets."""

from django.urls import path

from zhuanban.plans import views

app_name = "plans"
urlpatterns = [
    path("", views.office, name="office"),
    path("calendar/", views.calendar, name="calendar"),
    path("peers/", views.peers, name="peers"),
    path("peers/<int:member_id>/end/", views.end_peer, name="end_peer"),
    path("<slug:key>/", views.settings, name="settings"),
    path("<slug:key>/withdraw/", views.withdraw, name="withdraw"),
]
