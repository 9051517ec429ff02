"""Generated: every address of the resolver × every persona × every method, with own, foreign and absent ids.

The door decides before it looks at an id: where it must not open, further samples are only asked for.
What is expected comes from the view's declared policy; an address without sample arguments fails, so that a new view
has to add its own.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

from django.test import Client
from django.urls import reverse

from zhuanban.kit import policy
from zhuanban.kit.models import VisitMark
from zhuanban.people.access import Viewer, viewer_of
from zhuanban.people.models import Notice, User
from zhuanban.trail.models import Entry

METHODS = ("get", "post")
STRANGERS = ("put", "patch", "delete", "head", "options") if os.environ.get("ZHUANBAN_TESTS") == "full" else ("put",)
"""Methods that no page sends; all of them are tried in the whole proof."""

ARGUMENTS: dict[str, list[tuple[Any, ...]]] = {
    "password_link": [("MQ", "absent")],
    "end_session": [(1,), (999_999,)],
    "account_link": [(1,), (999_999,)],
    "account_switch": [(1,), (999_999,)],
    "audit_entry": [(1,), (999_999_999,)],
    "system_again": [(UUID(int=1),)],
    "grant_withdraw": [(999_999,)],
    "acting_end": [(999_999,)],
    "security_end_sessions": [(1,), (999_999,)],
    "security_remove_factor": [(1,), (999_999,)],
    "help_chapter": [("03-board",), ("no-such",)],
    "help_picture": [("board-zh-1366",), ("no-such",)],
    "list_views": [("matters",), ("accounts",), ("no-such",)],
    "list_view_drop": [("matters", 999_999), ("accounts", 999_999), ("no-such", 1)],
    "inbox_follow": [(1,), (999_999,)],
    "people:unit": [(1,), (999_999,)],
    "people:post": [(1,), (999_999,)],
    "people:hand_over": [(1,), (999_999,)],
    "people:handover": [(1,), (999_999,)],
    "people:fill_post": [(1,), (999_999,)],
    "people:end_holding": [(1,), (999_999,)],
    "people:group": [(1,), (999_999,)],
    "people:join_group": [(1,), (999_999,)],
    "people:lead_group": [(1,), (999_999,)],
    "people:industry": [(1,), (999_999,)],
    "people:join_industry": [(1,), (999_999,)],
    "people:leave_industry": [(1,), (999_999,)],
    "people:leave_group": [(1,), (999_999,)],
    "people:leave_lead": [(1,), (999_999,)],
    "indicators:indicator": [("fai",), ("retail_sales",), ("no_such",)],
    "indicators:indicator_export": [("fai",), ("retail_sales",), ("no_such",)],
    "indicators:group": [("COMMERCE_CULT",), ("FISCAL_FIN",), ("no-such",)],
    "indicators:group_export": [("COMMERCE_CULT",), ("FISCAL_FIN",), ("no-such",)],
    "indicators:unit": [("commerce_office",), ("street_1",), ("no-such",)],
    "indicators:unit_export": [("commerce_office",), ("street_1",), ("no-such",)],
    "indicators:import_batch": [(1,), (999_999,)],
    "indicators:publish": [(1,), (999_999,)],
    "indicators:cancel": [(1,), (999_999,)],
    "indicators:confirm": [(1,), (999_999,)],
    "indicators:publish_right": [(1,), (999_999,)],
    "indicators:import_returned": [(1,), (999_999,)],
    "indicators:import_columns": [(1,), (999_999,)],
    "indicators:forget_columns": [(1,), (999_999,)],
    "alerts:alert": [(1,), (999_999,)],
    "alerts:acknowledge": [(1,), (999_999,)],
    "alerts:explain": [(1,), (999_999,)],
    "alerts:open_matter": [(1,), (999_999,)],
    "alerts:close": [(1,), (999_999,)],
    "matters:matter": [("2023-0001",), ("2023-9999",)],
    "matters:move": [("2023-0001",), ("2023-9999",)],
    "matters:escalate": [("2023-0001",), ("2023-9999",)],
    "indicators:target": [("retail_sales",), ("no_such",)],
    "indicators:target_withdraw": [(1,), (999_999,)],
    "matters:ask": [("2023-0001",), ("2023-9999",)],
    "matters:answer": [("2023-0001", 1), ("2023-0014", 6), ("2023-9999", 9)],
    "matters:classify": [("2023-0001",), ("2023-9999",)],
    "matters:preview": [("2023-0001", 1), ("2023-9999", 9)],
    "matters:evidence": [("2023-0001", 1), ("2023-9999", 9)],
    "plans:settings": [("lights",), ("no-such",)],
    "plans:withdraw": [("lights",), ("no-such",)],
    "plans:end_peer": [(1,), (999_999,)],
    "filings:filing": [(1,), (999_999,)],
    "filings:signed_version": [(1, 1), (999_999, 1)],
    "filings:compile": [(1,), (999_999,)],
    "filings:comment": [(1,), (999_999,)],
    "filings:consolidation": [(1,), (999_999,)],
    "filings:consolidation_file": [(1, "docx"), (999_999, "xlsx")],
    "filings:no_change": [(1,), (999_999,)],
    "filings:ask_extension": [(1,), (72,), (999_999,)],
    "filings:answer_extension": [(1,), (72,), (999_999,)],
    "filings:sign": [(1,), (999_999,)],
    "filings:receive": [(1,), (999_999,)],
    "filings:send_back": [(1,), (999_999,)],
    "reports:report": [(1,), (999_999,)],
    "reports:passage": [(1, "1-1"), (999_999, "1-1")],
    "reports:recompose": [(1,), (999_999,)],
    "reports:submit": [(1,), (999_999,)],
    "reports:send_back": [(1,), (999_999,)],
    "reports:issue": [(1,), (999_999,)],
    "reports:withdraw": [(1,), (999_999,)],
    "reports:check": [(1,), (999_999,)],
    "reports:word": [(1,), (999_999,)],
    "reports:pdf": [(1,), (999_999,)],
}


def _orders(found: list[tuple[str, str, policy.Policy]], viewer: Viewer | None) -> Iterator[tuple[str, str, policy.Policy]]:
    """(method, address, policy): what pages send to every sample, and the methods that none of them knows to one of each."""
    seen: set[str] = set()
    for name, address, rule in found:
        open_to = viewer is not None and (rule.action is None or viewer.can(rule.action))
        for method in (*METHODS, *STRANGERS) if name not in seen else METHODS if open_to else METHODS[:1]:
            yield method, address, rule
        seen.add(name)


def addresses() -> list[tuple[str, str, policy.Policy]]:
    """(name, address, policy) of every route, with every sample of its arguments."""
    found = []
    for route, view in policy.all_views():
        rule = policy.declared(view)
        assert rule is not None, f"{route} has no policy"
        name = _name_of(view)
        for arguments in ARGUMENTS.get(name, [()]) if name in ARGUMENTS or "<" not in route else []:
            found.append((name, reverse(name, args=arguments), rule))
        assert name in ARGUMENTS or "<" not in route, f"{route} needs sample arguments in ARGUMENTS"
    return found


def _name_of(view: Any) -> str:
    from django.urls import URLPattern, URLResolver, get_resolver

    def walk(entries: Any, space: str) -> Iterator[str]:
        for entry in entries:
            if isinstance(entry, URLResolver):
                yield from walk(entry.url_patterns, f"{entry.namespace}:" if entry.namespace else space)
            elif isinstance(entry, URLPattern) and entry.callback is view:
                yield f"{space}{entry.name}"

    return next(walk(get_resolver().url_patterns, ""))


def test_no_persona_passes_a_door_that_is_not_his(demo: Path) -> None:
    tried = 0
    for user in [None, *User.objects.order_by("username")]:
        client = Client(raise_request_exception=False)
        if user is not None:
            client.force_login(user)
        viewer = viewer_of(user) if user is not None else None
        for method, address, rule in _orders([each for each in addresses() if each[0] != "sign_out"], viewer):
            answer = getattr(client, method)(address)
            tried += 1
            _check(viewer, address, rule, method, answer)
    assert tried > 1500


def _check(viewer: Viewer | None, address: str, rule: policy.Policy, method: str, answer: Any) -> None:
    what = f"{viewer and viewer.label} {method} {address}: {answer.status_code}"
    assert answer.status_code < 500, what
    assert answer["Content-Security-Policy"], what
    assert answer["X-Content-Type-Options"] == "nosniff", what
    if rule.public:
        return
    if viewer is None:
        assert answer.status_code == 302, what
        assert answer["Location"].startswith("/sign-in/"), what
        return
    if rule.action is not None and not viewer.can(rule.action):
        assert answer.status_code == 404, what
    if method in STRANGERS and method != "head":
        assert answer.status_code in (404, 405), what
    if method == "head":
        assert answer.content == b"", what


def test_invisible_and_absent_answer_alike(demo: Path) -> None:
    """The commerce clerk asks for another unit's things and for things that do not exist."""
    client = Client()
    client.force_login(User.objects.get(username="clerk"))
    changing = re.compile(rb"[A-Za-z0-9]{64}|[0-9a-f]{12}")
    for foreign, absent in (
        ("/board/fai/", "/board/no_such/"),
        ("/board/import/1/", "/board/import/999999/"),
    ):
        hidden, missing = client.get(foreign), client.get(absent)
        assert (hidden.status_code, missing.status_code) == (404, 404), foreign
        shown = [
            changing.sub(b"", answer.content).replace(path.encode(), b"")
            for answer, path in ((hidden, foreign), (missing, absent))
        ]
        assert shown[0] == shown[1]


def test_leaders_and_the_chief_have_no_way_to_write_a_figure(demo: Path) -> None:
    for username in ("chief", "leader"):
        viewer = viewer_of(User.objects.get(username=username))
        assert not any(viewer.can(action) for action in ("figures.import", "figures.confirm", "figures.lock"))


def test_a_disabled_account_is_out_at_the_next_request(demo: Path) -> None:
    from zhuanban.people.access import system_viewer
    from zhuanban.trail.services import work

    client = Client()
    user = User.objects.get(username="clerk")
    client.force_login(user)
    assert client.get("/").status_code == 200
    with work(system_viewer("test").actor, "test"):
        User.objects.filter(pk=user.pk).update(active=False)
    assert client.get("/").status_code == 302


def test_a_head_answers_like_a_get_without_its_body_and_leaves_nothing_behind(demo: Path) -> None:
    """Every address with every sample, also those that take a POST beside the GET; exports and notices among them."""
    asked = 0
    for username in ("officehead", "clerk", "auditor"):
        client = Client(raise_request_exception=False)
        client.force_login(User.objects.get(username=username))
        client.get("/")
        for _name, address, _rule in [each for each in addresses() if each[0] != "sign_out"]:
            before = (Entry.objects.count(), Notice.objects.filter(read_at=None).count(), VisitMark.objects.count())
            head = client.head(address)
            after = (Entry.objects.count(), Notice.objects.filter(read_at=None).count(), VisitMark.objects.count())
            whole = client.get(address)
            what = f"{username} {address}"
            assert (head.status_code, head.content) == (whole.status_code, b""), what
            assert head.get("Location") == whole.get("Location"), what
            assert head["Content-Type"] == whole["Content-Type"], what
            assert before == after, what
            asked += 1
    assert asked > 250
