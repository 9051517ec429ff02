"""Root addresses: each room brings its own."""

from django.urls import include, path

from zhuanban.kit import look
from zhuanban.site import (
    account_import,
    accounts,
    acting,
    audit,
    grants,
    handbook,
    inbox,
    search,
    second_factor,
    security,
    signing_in,
    system,
    views,
)

urlpatterns = [
    path("", views.home, name="home"),
    path("sign-in/", signing_in.sign_in, name="sign_in"),
    path("sign-in/code/", signing_in.code, name="sign_in_code"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("account/", accounts.own, name="account"),
    path("account/end-sessions/", accounts.end_sessions, name="end_sessions"),
    path("account/sessions/<int:session_id>/end/", accounts.end_session, name="end_session"),
    path("account/link/<str:uid>/<str:token>/", accounts.by_link, name="password_link"),
    path("account/second-factor/", second_factor.own, name="second_factor"),
    path("account/recovery-codes/", second_factor.recovery, name="recovery_codes"),
    path("account/acting/", acting.own, name="acting"),
    path("account/acting/as/", acting.act, name="act_as"),
    path("account/acting/<int:delegation_id>/end/", acting.end, name="acting_end"),
    path("security/", security.rules, name="security"),
    path("security/accounts/<int:account_id>/end-sessions/", security.end_sessions, name="security_end_sessions"),
    path("security/accounts/<int:account_id>/remove-factor/", security.remove_factor, name="security_remove_factor"),
    path("security/rights/", grants.grants, name="grants"),
    path("security/rights/<int:grant_id>/withdraw/", grants.withdraw, name="grant_withdraw"),
    path("audit/", audit.record, name="audit"),
    path("audit/export.xlsx", audit.export, name="audit_export"),
    path("audit/verify/", audit.verify, name="audit_verify"),
    path("audit/<int:seq>/", audit.entry, name="audit_entry"),
    path("accounts/", accounts.accounts, name="accounts"),
    path("accounts/import/", account_import.read, name="account_import"),
    path("accounts/import/make/", account_import.make, name="account_import_make"),
    path("accounts/import/sample.xlsx", account_import.sample, name="account_import_sample"),
    path("accounts/<int:account_id>/link/", accounts.link, name="account_link"),
    path("accounts/<int:account_id>/switch/", accounts.switch, name="account_switch"),
    path("search/", search.find, name="search"),
    path("system/", system.system, name="system"),
    path("system/backup/", system.backup, name="system_backup"),
    path("system/tasks/<uuid:task_id>/again/", system.again, name="system_again"),
    path("help/", handbook.contents, name="help"),
    path("help/pictures/<slug:name>.png", handbook.picture, name="help_picture"),
    path("help/<slug:name>/", handbook.chapter, name="help_chapter"),
    path("inbox/", inbox.inbox, name="inbox"),
    path("inbox/badge/", inbox.badge, name="inbox_badge"),
    path("inbox/read/", inbox.read_all, name="inbox_read_all"),
    path("inbox/<int:notice_id>/", inbox.follow, name="inbox_follow"),
    path("language/", views.set_language, name="set_language"),
    path("healthz", views.health, name="health"),
    path("look/", look.sheet, name="look"),
    path("board/", include("zhuanban.indicators.urls")),
    path("alerts/", include("zhuanban.alerts.urls")),
    path("matters/", include("zhuanban.matters.urls")),
    path("filings/", include("zhuanban.filings.urls")),
    path("organisation/", include("zhuanban.people.urls")),
    path("reports/", include("zhuanban.reports.urls")),
    path("office/", include("zhuanban.plans.urls")),
    path("files/", include("zhuanban.files.urls")),
]

handler400 = "zhuanban.site.views.error_400"
handler403 = "zhuanban.site.views.error_403"
handler404 = "zhuanban.site.views.error_404"
handler500 = "zhuanban.site.views.error_500"
