"""serve, worker, tick: running the product."""

import argparse
import os
from typing import Any

from zhuanban.site.cli import DONE, FINDINGS, answer_json, need_keys, need_workspace, prepare, say


def register(commands: Any) -> None:
    serve = commands.add_parser("serve", help="serve the pages and run the worker")
    serve.add_argument("--host", default=os.environ.get("HOST") or "127.0.0.1")
    serve.add_argument("--port", type=int, default=int(os.environ.get("PORT") or 8000))
    serve.add_argument("--without-worker", action="store_true", help="the worker runs elsewhere")
    serve.set_defaults(run=run_serve)
    worker = commands.add_parser("worker", help="run waiting tasks, and the tick every minute")
    worker.set_defaults(run=run_worker)
    tick = commands.add_parser("tick", help="run the tick once")
    tick.add_argument("--json", action="store_true")
    tick.set_defaults(run=run_tick)


def run_serve(options: argparse.Namespace) -> int:
    prepare()
    need_keys()
    need_workspace()
    from zhuanban.kit import workspace
    from zhuanban.site import supervisor

    return supervisor.serve(options.host, options.port, workspace.root(), with_worker=not options.without_worker)


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
