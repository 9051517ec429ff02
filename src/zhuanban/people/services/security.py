"""What the security administrator decides: password profile, who needs a second factor; and what an account owes."""

from zhuanban.kit import clock, workspace
from zhuanban.kit.refusals import Refusal
from zhuanban.people.access import Viewer, in_force
from zhuanban.people.models import Grant, SecurityRules, User
from zhuanban.people.passwords import security_rules
from zhuanban.people.profiles import PROFILES
from zhuanban.people.roles import ADMINISTRATORS
from zhuanban.people.services.second_factor import has_second_factor
from zhuanban.trail.services import work

ACTION = "people.security"
PASSWORD, FACTOR = "password", "factor"
"""What an account may have to do before anything else."""


def choose_security_rules(*, profile: str, second_factor: str, version: int, by: Viewer) -> SecurityRules:
    """Choose profile and second factor; they act at each account's next sign-in.

    Refusals: not_allowed, choice_unknown, stale_version.
    """
    by.demand(ACTION)
    if profile not in PROFILES:
        raise Refusal("choice_unknown", where="profile")
    if second_factor not in SecurityRules.Factor.values:
        raise Refusal("choice_unknown", where="second_factor")
    with work(by.actor, f"设定安全规则 {profile}，双因子 {second_factor}"):
        rules = security_rules()
        if rules.version != version:
            raise Refusal("stale_version", status=409)
        rules.profile, rules.second_factor, rules.version = profile, second_factor, version + 1
        rules.save()
    return rules


def duties_at_sign_in(user: User) -> list[str]:
    """What the account has to do before it may do anything else: change an old password, enrol a second factor.

    A demo asks for neither, since its accounts are printed on the screen.
    """
    if workspace.config().is_demo:
        return []
    rules, duties = security_rules(), []
    limit = PROFILES[rules.profile].change_after
    if limit and user.password_set_at and clock.real_now() - user.password_set_at > limit:
        duties.append(PASSWORD)
    if _needs_factor(user, rules) and not has_second_factor(user):
        duties.append(FACTOR)
    return duties


def _needs_factor(user: User, rules: SecurityRules) -> bool:
    if rules.second_factor == SecurityRules.Factor.EVERYBODY:
        return True
    today = clock.today()
    held = Grant.objects.filter(in_force(today), in_force(today, "post__holders__"), post__holders__user=user)
    return bool(held.filter(role__in=ADMINISTRATORS).exists())
