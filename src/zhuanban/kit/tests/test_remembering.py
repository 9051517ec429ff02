"""A request asks once; nothing is remembered beyond it."""

from django.http import HttpResponse
from django.test import RequestFactory

from zhuanban.kit.remembering import forget, once_in_a_request, one_request, remembering


def test_one_request_asks_once_the_next_one_anew_and_outside_always() -> None:
    asked: list[int] = []

    def ask() -> int:
        asked.append(1)
        return len(asked)

    def page(request: object) -> HttpResponse:
        return HttpResponse(f"{once_in_a_request('n', ask)} {once_in_a_request('n', ask)}")

    served = remembering(page)
    assert served(RequestFactory().get("/")).content == b"1 1"
    assert served(RequestFactory().get("/")).content == b"2 2"
    assert (once_in_a_request("n", ask), once_in_a_request("n", ask)) == (3, 4)


def test_whoever_writes_it_makes_the_rest_of_the_request_ask_again() -> None:
    values = iter((None, "new"))
    with one_request():
        # Nothing found is remembered as well.
        assert once_in_a_request("v", lambda: next(values)) is None
        assert once_in_a_request("v", lambda: next(values)) is None
        forget("v")
        assert once_in_a_request("v", lambda: next(values)) == "new"
    forget("v")
