"""The second factor: a time-based code (TOTP) from the holder's telephone, and recovery codes for when it is lost.

Devices and their counters are rows of django-otp and not audited, since every try writes them; enrolling, new recovery
codes and removal are events of the record. Of a recovery code only a keyed digest is stored.
"""

import secrets
from base64 import b32encode
from binascii import unhexlify
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet
from django.utils.crypto import salted_hmac
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from zhuanban.kit.refusals import Refusal
from zhuanban.people.access import Viewer
from zhuanban.people.models import User
from zhuanban.trail.services import Actor, record_event, work

RECOVERY_CODES = 10
SECURITY = "people.security"


@dataclass(frozen=True)
class Enrolment:
    """What the telephone needs: the secret in letters and the same as an ``otpauth:`` address to scan."""

    secret: str
    address: str


def has_second_factor(user: User) -> bool:
    """Whether signing in asks this account for a code."""
    return bool(TOTPDevice.objects.filter(user=user, confirmed=True).exists())


def begin_enrolment(*, by: Viewer) -> Enrolment:
    """A secret for the own account, in force once a code of it was given. Asking again gives the same one.

    Refusals: factor_enrolled.
    """
    user = _own(by)
    if has_second_factor(user):
        raise Refusal("factor_enrolled", status=409)
    device = _unconfirmed_device(user)
    return Enrolment(b32encode(unhexlify(device.key)).decode("ascii"), device.config_url)


def confirm_enrolment(*, code: str, password: str, by: Viewer) -> list[str]:
    """Put the secret in force by a code of it; returns the recovery codes, which nobody can read again.

    Refusals: factor_enrolled, factor_not_begun, password_wrong, code_wrong, code_too_soon.
    """
    user = _own(by)
    if not user.check_password(password):
        raise Refusal("password_wrong", where="current", status=422)
    if has_second_factor(user):
        raise Refusal("factor_enrolled", status=409)
    device = _unconfirmed(user).first()
    if device is None:
        raise Refusal("factor_not_begun", status=409)
    _demand_code(device, code)
    with work(by.actor, f"{user.username} 绑定双因子"):
        # Looked at once more, the account locked: a second code of the same moment binds nothing.
        User.objects.select_for_update().get(pk=user.pk)
        if has_second_factor(user):
            raise Refusal("factor_enrolled", status=409)
        TOTPDevice.objects.filter(pk=device.pk).update(confirmed=True)
        record_event("factor", f"user:{user.pk}", f"{user.username} 绑定双因子")
        return _new_codes(user)


def check_code(*, user: User, code: str) -> None:
    """Check a code at sign-in: six digits of the telephone, or a recovery code, which is then used up.

    Refusals: code_wrong, code_too_soon (each wrong code makes the next wait longer).
    """
    plain = "".join(code.split()).replace("-", "").upper()
    if plain.isascii() and plain.isdigit():
        device = TOTPDevice.objects.filter(user=user, confirmed=True).first()
        if device is None:
            raise Refusal("code_wrong", where="code")
        return _demand_code(device, plain)
    spare = StaticDevice.objects.filter(user=user).first()
    if spare is None:
        raise Refusal("code_wrong", where="code")
    _demand_code(spare, _digest(plain))
    actor = Actor("user", f"user:{user.pk}", user.username)
    with work(actor, f"{user.username} 使用恢复码"):
        record_event("factor", f"user:{user.pk}", f"{user.username} 使用恢复码")
    return None


def renew_recovery_codes(*, code: str, by: Viewer) -> list[str]:
    """Ten new recovery codes in place of all earlier ones. Refusals: as ``check_code``."""
    user = _own(by)
    check_code(user=user, code=code)
    with work(by.actor, f"{user.username} 重新生成恢复码"):
        record_event("factor", f"user:{user.pk}", f"{user.username} 重新生成恢复码")
        return _new_codes(user)


def remove_second_factor(*, user_id: int, by: Viewer) -> User:
    """Take an account's second factor away, for a lost telephone: the security administrator's act, never on himself.

    Refusals: not_allowed, account_own.
    """
    by.demand(SECURITY)
    if user_id == by.user_id:
        raise Refusal("factor_own", status=409)
    user: User = User.objects.get(pk=user_id)
    with work(by.actor, f"解除 {user.username} 的双因子"):
        record_event("factor", f"user:{user.pk}", f"解除 {user.username} 的双因子")
        TOTPDevice.objects.filter(user=user).delete()
        StaticDevice.objects.filter(user=user).delete()
    return user


def recovery_codes_left(user: User) -> int:
    """How many recovery codes are not used yet."""
    return sum(device.token_set.count() for device in StaticDevice.objects.filter(user=user))


def _unconfirmed(user: User) -> "QuerySet[TOTPDevice]":
    """Secrets that no code was given for, the one that is shown first."""
    found: QuerySet[TOTPDevice] = TOTPDevice.objects.filter(user=user, confirmed=False).order_by("pk")
    return found


def _unconfirmed_device(user: User) -> TOTPDevice:
    """The one secret that waits for its first code, made where there is none; the account locked, so that two pages show the same."""
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        first = _unconfirmed(user).first() or TOTPDevice.objects.create(user=user, confirmed=False, name="totp")
        _unconfirmed(user).exclude(pk=first.pk).delete()
    return first


def _own(by: Viewer) -> User:
    user: User = User.objects.get(pk=by.user_id)
    return user


def _demand_code(device: TOTPDevice | StaticDevice, code: str) -> None:
    """Take a code as used up. The account is locked meanwhile, so that of several equal ones at once one counts."""
    with transaction.atomic():
        User.objects.select_for_update().get(pk=device.user_id)
        # As it stands now: the one at hand was read before the lock.
        now = type(device)._default_manager.filter(pk=device.pk).first()
        allowed, why = now.verify_is_allowed() if now else (True, None)
        right = now is not None and allowed and now.verify_token(code)
    # Said outside: a refusal inside would undo the count of wrong codes.
    if not allowed:
        raise Refusal("code_too_soon", where="code", status=429, failures=(why or {}).get("failure_count", 0))
    if not right:
        raise Refusal("code_wrong", where="code")


def _new_codes(user: User) -> list[str]:
    codes = [b32encode(secrets.token_bytes(10)).decode("ascii") for _each in range(RECOVERY_CODES)]
    with transaction.atomic():
        StaticDevice.objects.filter(user=user).delete()
        device = StaticDevice.objects.create(user=user, name="recovery")
        for code in codes:
            device.token_set.create(token=_digest(code))
    return ["-".join(code[at : at + 4] for at in range(0, len(code), 4)) for code in codes]


def _digest(code: str) -> str:
    """Sixteen letters that stand for a recovery code in the database."""
    return b32encode(salted_hmac("zhuanban.people.recovery", code, algorithm="sha256").digest()[:10]).decode("ascii")
