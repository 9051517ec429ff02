"""Addresses of the room indicators."""

from django.urls import path

from zhuanban.indicators import views

app_name = "indicators"
urlpatterns = [
    path("", views.board, name="board"),
]
