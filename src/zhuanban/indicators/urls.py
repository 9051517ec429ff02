"""Addresses of the room indicators."""

from django.urls import path

from zhuanban.indicators.views import board, columns, expected, holding, imports, targets

app_name = "indicators"
urlpatterns = [
    path("", board.board, name="board"),
    path("export.xlsx", board.board_export, name="board_export"),
    path("import/", imports.imports, name="imports"),
    path("import/sample.xlsx", imports.sample, name="import_sample"),
    path("import/lock/", imports.lock, name="lock"),
    path("import/<int:batch_id>/", imports.import_batch, name="import_batch"),
    path("import/<int:batch_id>/publish/", imports.publish, name="publish"),
    path("import/<int:batch_id>/publish-right/", imports.publish_right, name="publish_right"),
    path("import/<int:batch_id>/findings.xlsx", imports.returned, name="import_returned"),
    path("import/<int:batch_id>/columns/", columns.columns, name="import_columns"),
    path("import/columns/", columns.remembered, name="remembered_columns"),
    path("import/columns/<int:mapping_id>/forget/", columns.forget, name="forget_columns"),
    path("import/<int:batch_id>/cancel/", imports.cancel, name="cancel"),
    path("import/<int:batch_id>/confirm/", imports.confirm, name="confirm"),
    path("expected/", expected.expected, name="expected"),
    path("targets/", targets.targets, name="targets"),
    path("targets/export.xlsx", targets.export, name="targets_export"),
    path("targets/<slug:code>/", targets.target, name="target"),
    path("targets/<int:target_id>/withdraw/", targets.withdraw, name="target_withdraw"),
    path("groups/<slug:code>/", holding.group, name="group"),
    path("groups/<slug:code>/export.xlsx", holding.group_export, name="group_export"),
    path("units/<slug:code>/", holding.unit, name="unit"),
    path("units/<slug:code>/export.xlsx", holding.unit_export, name="unit_export"),
    path("unowned/", holding.unowned, name="unowned"),
    path("<slug:code>/", board.indicator, name="indicator"),
    path("<slug:code>/export/", board.indicator_export, name="indicator_export"),
]
