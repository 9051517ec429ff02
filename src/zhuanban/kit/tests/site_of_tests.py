"""Addresses that exist only while the tests of the kit's doors run: one view for everything a door must handle."""

from typing import Any, ClassVar

from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import include, path
from django.views.decorators.http import require_POST

from zhuanban.kit.idempotency import once
from zhuanban.kit.policy import policy, public
from zhuanban.kit.refusals import Problem, Refusal
from zhuanban.people.models import Unit
from zhuanban.site import urls as real
from zhuanban.trail.services import work


class Switches:
    """What the views of these tests do next."""

    fail_with: ClassVar[Exception | None] = None
    sql: ClassVar[str] = ""
    before: ClassVar[Any] = None


def forgotten(request: HttpRequest) -> HttpResponse:
    return HttpResponse("secret of a view without policy")


@policy("structure.define")
def for_sysadmins(request: HttpRequest) -> HttpResponse:
    return HttpResponse("for system administrators")


@policy("no.such.action")
def for_nobody(request: HttpRequest) -> HttpResponse:
    return HttpResponse("for nobody")


@policy(None)
@require_POST
@once
def define(request: HttpRequest) -> HttpResponse:
    """Writes one unit; then does what the switches say."""
    with work(request.viewer.actor, "test"):  # type: ignore[attr-defined]
        Unit.objects.create(code=request.POST["code"], name_zh="甲", name_en="A", kind="department")
        if Switches.before is not None:
            Switches.before()
        if Switches.fail_with is not None:
            raise Switches.fail_with
        if Switches.sql:
            with connection.cursor() as cursor:
                cursor.execute(Switches.sql)
    return HttpResponseRedirect(f"/done/{request.POST['code']}")


@public
def breaks(request: HttpRequest) -> HttpResponse:
    kind = request.GET["kind"]
    if kind == "refusal":
        raise Refusal.of([Problem("required", where="B7"), Problem("stale_version")], status=409)
    if kind == "state":
        raise Refusal("account_own", status=409)
    if kind == "locked":
        raise OperationalError("database is locked")
    if kind == "full":
        raise OSError(28, "No space left on device")
    if kind == "gone":
        raise OperationalError("connection to server at 127.0.0.1 failed: Connection refused")
    raise RuntimeError("a bug with a secret detail")


urlpatterns = [
    path("test/forgotten/", forgotten),
    path("test/sysadmin/", for_sysadmins),
    path("test/nobody/", for_nobody),
    path("test/define/", define),
    path("test/breaks/", breaks),
    path("", include(real)),
]
handler400, handler403, handler404, handler500 = real.handler400, real.handler403, real.handler404, real.handler500
