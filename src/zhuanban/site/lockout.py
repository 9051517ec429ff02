"""Who is held off at the sign-in page: a name after wrong passwords, an address after too many tries."""

import secrets
import unicodedata
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from zhuanban.kit import clock
from zhuanban.kit.rates import Buckets

_COOKIE, _SALT = "zb_device", "zhuanban.site.device"
_REMEMBERED_SECONDS = 180 * 86400

tries = Buckets(capacity=120, per_second=1)
"""Sign-ins per address, an owner's own device apart: an office behind one address may come in together, a machine that guesses may not."""


def plain_name(name: str) -> str:
    """A sign-in name as it is counted: twins in width or capitals are one name."""
    return unicodedata.normalize("NFKC", name).strip().casefold()


def counted_name(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """What wrong passwords are counted under: the name; on a device its owner has used before, name and device."""
    name = plain_name((credentials or {}).get("username") or request.POST.get("username", ""))
    device = _own_device(request, name)
    return f"{name}#{device}"[:255] if device else name[:255]


def address_of(request: HttpRequest) -> str | None:
    """The client's address. Of ``X-Forwarded-For`` only what the site's own ``ZHUANBAN_PROXIES`` proxies wrote is believed."""
    told = [each.strip() for each in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if each.strip()]
    count: int = settings.PROXIES
    if count and len(told) >= count:
        return str(told[-count])[:45]
    return str(request.META.get("REMOTE_ADDR") or "")[:45] or None


def may_try(request: HttpRequest) -> bool:
    """Whether this address may try to sign in once more now; for its own name a known device may, whatever comes from the address."""
    device = _own_device(request, plain_name(request.POST.get("username", "")))
    source = f"device {device}" if device else address_of(request) or ""
    return tries.take(source, at=clock.real_now().timestamp())


def remember_device(request: HttpRequest, response: HttpResponse, username: str) -> None:
    """Mark the browser as one on which the account's owner has signed in."""
    owner, device = _device(request)
    if owner != plain_name(username) or not device:
        device = secrets.token_hex(8)
    response.set_cookie(
        _COOKIE,
        signing.dumps([plain_name(username), device], salt=_SALT),
        max_age=_REMEMBERED_SECONDS,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )


def _own_device(request: HttpRequest, name: str) -> str:
    """The device, where the owner of this name has signed in on it before; else empty."""
    owner, device = _device(request)
    return device if owner == name else ""


def _device(request: HttpRequest) -> tuple[str, str]:
    try:
        owner, device = signing.loads(request.COOKIES.get(_COOKIE, ""), salt=_SALT, max_age=_REMEMBERED_SECONDS)
        return str(owner), str(device)
    except (signing.BadSignature, ValueError, TypeError):
        return "", ""
