"""Events: published in the work that caused them, gone with it, delivered by the worker or by ``drain``."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from zhuanban.kit import events

pytestmark = pytest.mark.django_db


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Any]]:
    found: list[Any] = []
    monkeypatch.setattr(events, "_handlers", {})
    events.subscribe("test.happened", found.append)
    yield found


def test_an_event_is_delivered_once_by_draining_and_leaves_nothing_behind(heard: list[Any]) -> None:
    events.publish("test.happened", {"id": 7})
    assert heard == []
    assert (events.drain(), events.drain()) == (1, 0)
    assert heard == [{"id": 7}]
    assert not DBTaskResult.objects.exists()


def test_events_are_delivered_in_the_order_of_their_publishing(heard: list[Any]) -> None:
    for number in range(5):
        events.publish("test.happened", {"id": number})
    assert events.drain() == 5
    assert [each["id"] for each in heard] == [0, 1, 2, 3, 4]


def test_an_event_disappears_with_the_work_that_is_rolled_back(heard: list[Any]) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        events.publish("test.happened", {"id": 7})
        raise RuntimeError
    assert events.drain() == 0
    assert heard == []


def test_an_event_published_while_another_is_handled_is_drained_too(heard: list[Any]) -> None:
    events.subscribe("test.first", lambda payload: events.publish("test.happened", payload))
    events.publish("test.first", {"id": 1})
    assert events.drain() == 2
    assert heard == [{"id": 1}]


def test_subscribing_twice_hears_once_and_an_event_without_a_hearer_is_harmless(heard: list[Any]) -> None:
    events.subscribe("test.happened", heard.append)
    events.publish("test.happened", {})
    events.publish("test.nobody", {})
    assert events.drain() == 2
    assert heard == [{}]


def test_a_failing_handler_leaves_its_event_waiting(heard: list[Any]) -> None:
    def fail(_: dict[str, Any]) -> None:
        raise RuntimeError("no")

    events.subscribe("test.fails", fail)
    events.publish("test.fails", {})
    with pytest.raises(RuntimeError):
        events.drain()
    assert DBTaskResult.objects.ready().count() == 1
