"""Measures the monthly board of sixty indicators: queries, CPU warm and cold, requests per second with eight clients.

In process: Django's test client, CPU of this process, one request at a time. Over the wire: the real server (two granian
workers with eight threads) on the same workspace, eight threads with session cookies; clients and server share the cores.
"""

import http.client
import os
import socket
import subprocess
import sys
import threading
import time
import urllib.parse

from temporary import demo_workspace, machine, quantile, say

PAGE = "/board/?month=2023-06"
CLIENTS = 8
SECONDS = 15.0
ROUNDS = 40


def in_process() -> None:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from zhuanban.indicators.queries import year
    from zhuanban.people.models import User

    client = Client()
    client.force_login(User.objects.get(username="statistician"))
    client.get(PAGE)
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(PAGE)
    assert answer.status_code == 200, answer.status_code
    say(f"queries warm: {len(captured)}; page {len(answer.content) / 1024:.0f} KB")
    warm = [_cpu_ms(client) for _ in range(ROUNDS)]
    say(f"CPU warm: median {quantile(warm, 0.5):.1f} ms, p95 {quantile(warm, 0.95):.1f} ms")
    cold = []
    for _ in range(8):
        year._facts.cache_clear()
        cold.append(_cpu_ms(client))
    with CaptureQueriesContext(connection) as captured:
        year._facts.cache_clear()
        client.get(PAGE)
    say(f"CPU cold (facts of the year made anew): median {quantile(cold, 0.5):.1f} ms, {len(captured)} queries")


def _cpu_ms(client: object) -> float:
    begun = time.process_time()
    client.get(PAGE)  # type: ignore[attr-defined]
    return (time.process_time() - begun) * 1000


def over_the_wire(workspace: str) -> None:
    port = _free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "zhuanban.site.cli", "serve", "--port", str(port)],
        env={**os.environ, "ZHUANBAN_WORKSPACE": workspace}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        _wait(port)
        cookie = sign_in(port)
        for _ in range(20):
            _get(http.client.HTTPConnection("127.0.0.1", port), cookie)
        _load(port, cookie)
    finally:
        server.terminate()
        server.wait(30)


def _load(port: int, cookie: str) -> None:
    taken: list[float] = []
    failed: list[int] = []
    until = time.monotonic() + SECONDS

    def client() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port)
        while time.monotonic() < until:
            begun = time.monotonic()
            status = _get(connection, cookie)
            (taken if status == 200 else failed).append(time.monotonic() - begun)  # type: ignore[arg-type]

    threads = [threading.Thread(target=client) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    say(
        f"{CLIENTS} clients, {SECONDS:.0f} s: {len(taken) / SECONDS:.1f} requests/s, "
        f"median {quantile(taken, 0.5) * 1000:.0f} ms, p95 {quantile(taken, 0.95) * 1000:.0f} ms, {len(failed)} failed"
    )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(port: int) -> None:
    for _ in range(300):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/healthz")
            if connection.getresponse().status == 200:
                return
        except OSError:
            pass
        time.sleep(0.1)
    raise SystemExit("the server did not answer")


def sign_in(port: int, username: str = "statistician") -> str:
    """Sign in as a demo account; returns the Cookie header."""
    from zhuanban.site.demo.accounts import PASSWORD

    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("GET", "/sign-in/")
    first = connection.getresponse()
    first.read()
    csrf = _cookies(first)["zb_csrf"]
    body = urllib.parse.urlencode({"username": username, "password": PASSWORD, "csrfmiddlewaretoken": csrf})
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": f"zb_csrf={csrf}"}
    connection.request("POST", "/sign-in/", body, headers)
    second = connection.getresponse()
    second.read()
    if second.status != 302:
        raise SystemExit(f"sign-in answered {second.status}")
    return f"zb_session={_cookies(second)['zb_session']}"


def _cookies(response: http.client.HTTPResponse) -> dict[str, str]:
    set_cookies = response.headers.get_all("Set-Cookie") or []
    return {name: value for name, _, value in (each.split(";")[0].partition("=") for each in set_cookies)}


def _get(connection: http.client.HTTPConnection, cookie: str) -> int:
    connection.request("GET", PAGE, headers={"Cookie": cookie})
    response = connection.getresponse()
    response.read()
    return response.status


def main() -> None:
    with demo_workspace() as workspace:
        from sixty_indicators import bring_to_sixty

        say(f"machine: {machine()}")
        say(f"rows on the board: {bring_to_sixty()}")
        in_process()
        over_the_wire(str(workspace))


if __name__ == "__main__":
    main()
