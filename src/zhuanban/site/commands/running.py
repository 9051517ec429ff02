"""serve, worker, tick: running the product."""

import argparse
import ipaddress
import os
import secrets
from typing import Any

from zhuanban.site.backups import keys
from zhuanban.site.cli import DONE, FINDINGS, Stop, answer_json, need_keys, need_workspace, prepare, say

INSECURE = "ZHUANBAN_INSECURE_LAN"


def register(commands: Any) -> None:
    serve = commands.add_parser("serve", help="serve the pages and run the worker")
    serve.add_argument("--host", default=os.environ.get("HOST") or "127.0.0.1")
    serve.add_argument("--port", type=int, default=int(os.environ.get("PORT") or 8000))
    serve.add_argument("--without-worker", action="store_true", help="the worker runs elsewhere")
    serve.add_argument(
        "--insecure-lan", action="store_true", default=os.environ.get(INSECURE) == "1",
        help="answer other machines without TLS; every page then says so",
    )  # fmt: skip
    serve.set_defaults(run=run_serve)
    worker = commands.add_parser("worker", help="run waiting tasks, and the tick every minute")
    worker.set_defaults(run=run_worker)
    tick = commands.add_parser("tick", help="run the tick once")
    tick.add_argument("--json", action="store_true")
    tick.set_defaults(run=run_tick)


def is_own_machine(host: str) -> bool:
    """Whether an address to listen on is reached from this machine only."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _demand_safe(options: argparse.Namespace) -> None:
    """Other machines come through TLS, or by express wish: without it their passwords could be read on the way."""
    exposed = not is_own_machine(options.host) and not os.environ.get("ZHUANBAN_URL", "").startswith("https://")
    if exposed and not options.insecure_lan:
        raise Stop(
            f"On {options.host} other machines could read every password on its way, so nothing was started. "
            "Put a proxy with TLS in front and set ZHUANBAN_URL=https://…, or, for a trial inside a trusted network, "
            f"add --insecure-lan (or {INSECURE}=1)."
        )
    if exposed:
        os.environ[INSECURE] = "1"
    else:
        os.environ.pop(INSECURE, None)


def run_serve(options: argparse.Namespace) -> int:
    _demand_safe(options)
    os.environ.pop(keys.READ_ONLY, None)
    if waits_for := keys.awaited():
        # Before Django reads its settings: the sessions of this site are signed with it, and end with it.
        os.environ[keys.READ_ONLY] = secrets.token_hex(32)
        say(
            f"This workspace was restored from a backup and lacks {', '.join(waits_for)}: it is opened for reading only. "
            "Nothing can be written until its folder secrets is put back and the site is started again."
        )
    prepare()
    if not waits_for:
        need_keys()
    need_workspace()
    from zhuanban.kit import workspace
    from zhuanban.site import supervisor

    with_worker = not options.without_worker and not waits_for
    return supervisor.serve(options.host, options.port, workspace.root(), with_worker=with_worker)


def run_worker(options: argparse.Namespace) -> int:
    del options
    prepare()
    need_keys()
    need_workspace()
    from zhuanban.site import worker

    return worker.run_worker()


def run_tick(options: argparse.Namespace) -> int:
    prepare()
    need_keys()
    need_workspace()
    from zhuanban.site import tick

    outcome = tick.tick()
    if options.json:
        answer_json(outcome)
    else:
        for name, result in outcome.items():
            say(f"{name}: {result}")
    return FINDINGS if "failed" in outcome.values() else DONE
