"""What each administrator does first in a new workspace. A step ticks itself off when it is so; the list goes when all are."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from zhuanban.kit import clock
from zhuanban.people import queries as people
from zhuanban.people.access import Viewer
from zhuanban.people.roles import ADMINISTRATORS
from zhuanban.site.backups import making, restoring
from zhuanban.trail import queries as trail


@dataclass(frozen=True)
class Step:
    """One thing to do first: what, whether it is done, where, and how."""

    title: str
    done: bool
    url: str
    how: str


def steps_of(viewer: Viewer) -> list[Step]:
    """The steps of the viewer's kind of administrator; empty for others, and when all are done."""
    steps = [step for role, of_role in _STEPS.items() if role in viewer.roles for step in of_role(viewer)]
    return [] if all(step.done for step in steps) else steps


def _system(viewer: Viewer) -> list[Step]:
    posts = [post for unit in people.structure_on(viewer=viewer, day=clock.today()) for post in unit.posts]
    working = [post for post in posts if post.post.role not in ADMINISTRATORS]
    return [
        Step(
            _("Set up units and posts"), bool(working), reverse("people:structure"),
            _("Add them one by one, or bring a plan with “zhuanban pack apply” on the command line."),
        ),
        Step(
            _("Fill the posts"), any(post.holders for post in working), reverse("account_import"),
            _("One sheet makes all accounts at once, each with its link."),
        ),
        Step(
            _("Make the first backup"), bool(making.backups_in(making.folder_of_workspace())), reverse("system"),
            _("From then on there is one each night. Copy them and the keys off this machine."),
        ),
        Step(
            _("Check a restore"), restoring.last_check() is not None, reverse("system"),
            _("“zhuanban restore FILE --check” on the command line proves that the backup can be used."),
        ),
    ]  # fmt: skip


def _security(viewer: Viewer) -> list[Step]:
    so_far = people.protected_on(viewer=viewer, day=clock.today())
    if so_far is None:
        return []
    return [
        Step(
            _("Choose the rules for passwords"), so_far.rules_chosen, reverse("security"),
            _("Choose the profile of your protection grade, and who needs a second factor."),
        ),
        Step(
            _("Give every post that is held its rights"), so_far.posts_without_rights == 0, reverse("grants"),
            _("A plan brings them; what was added by hand waits for you: %(count)s.") % {"count": so_far.posts_without_rights},
        ),
        Step(
            _("Second factors of the administrators"), so_far.administrators_without_factor == 0, reverse("security"),
            _("Each is asked for it at his next sign-in. Still without: %(count)s.") % {"count": so_far.administrators_without_factor},
        ),
    ]  # fmt: skip


def _audit(viewer: Viewer) -> list[Step]:
    del viewer
    runs = [run for run in trail.check_runs() if run.ended_at and not run.failure]
    return [
        Step(
            _("Verify the record once"), bool(runs), reverse("audit_verify"),
            _("The first time you know how long it takes and what clean looks like."),
        ),
        Step(
            _("Verify the record in depth"), any(run.deep for run in runs), reverse("audit_verify"),
            _("Every stored row against its newest entry. Keep anchors.txt in a place of your own."),
        ),
    ]  # fmt: skip


_STEPS = {"sysadmin": _system, "secadmin": _security, "auditor": _audit}
