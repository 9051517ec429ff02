"""The real server under load: two granian workers with eight threads, eight clients that share its cores."""

import http.client
import os
import socket
import subprocess
import sys
import threading
import time
import urllib.parse

from temporary import quantile, say

CLIENTS = 8
SECONDS = 15.0


def over_the_wire(workspace: str, page: str, username: str = "statistician") -> None:
    """Serve the workspace and ask for one page again and again; says how many a second were answered and how fast."""
    port = _free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "zhuanban.site.cli", "serve", "--port", str(port)],
        env={**os.environ, "ZHUANBAN_WORKSPACE": workspace}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        _wait(port)
        cookie = sign_in(port, username)
        for _ in range(20):
            _get(http.client.HTTPConnection("127.0.0.1", port), cookie, page)
        _load(port, cookie, page)
    finally:
        server.terminate()
        server.wait(30)


def _load(port: int, cookie: str, page: str) -> None:
    taken: list[float] = []
    failed: list[int] = []
    until = time.monotonic() + SECONDS

    def client() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port)
        while time.monotonic() < until:
            begun = time.monotonic()
            status = _get(connection, cookie, page)
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


def _get(connection: http.client.HTTPConnection, cookie: str, page: str) -> int:
    connection.request("GET", page, headers={"Cookie": cookie})
    response = connection.getresponse()
    response.read()
    return response.status
