"""Registration of the room projects."""

from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "zhuanban.projects"
    label = "projects"
    default_auto_field = "django.db.models.BigAutoField"
