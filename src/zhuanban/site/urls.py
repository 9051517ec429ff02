"""Root addresses: each room brings its own."""

from django.urls import include, path

from zhuanban.kit import look
from zhuanban.site import views

urlpatterns = [
    path("", views.home, name="home"),
    path("sign-in/", views.sign_in, name="sign_in"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("language/", views.set_language, name="set_language"),
    path("healthz", views.health, name="health"),
    path("look/", look.sheet, name="look"),
    path("board/", include("zhuanban.indicators.urls")),
    path("alerts/", include("zhuanban.alerts.urls")),
    path("matters/", include("zhuanban.matters.urls")),
    path("filings/", include("zhuanban.filings.urls")),
    path("reports/", include("zhuanban.reports.urls")),
    path("files/", include("zhuanban.files.urls")),
]

handler400 = "zhuanban.site.views.error_400"
handler403 = "zhuanban.site.views.error_403"
handler404 = "zhuanban.site.views.error_404"
handler500 = "zhuanban.site.views.error_500"
