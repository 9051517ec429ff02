"""The command line: a contract for people and programs.

Results go to standard output (JSON is one UTF-8 document), messages to standard error. Exit codes: 0 done, 1 the input
or the record has findings, 2 the command could not run.
"""

import argparse
import io
import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

Run = Callable[[argparse.Namespace], int]

DONE, FINDINGS, COULD_NOT_RUN = 0, 1, 2


class Stop(Exception):
    """Ends a command with a message for the person at the terminal."""

    def __init__(self, message: str, code: int = COULD_NOT_RUN) -> None:
        self.code = code
        super().__init__(message)


def say(message: str) -> None:
    """A message for the person at the terminal."""
    sys.stderr.write(f"{message}\n")


def answer_json(value: Any) -> None:
    """The command's result as one JSON document."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def parser() -> argparse.ArgumentParser:
    """All commands with their options."""
    from zhuanban.site.commands import data, packs, reading, record, running, safekeeping, spaces

    top = argparse.ArgumentParser(prog="zhuanban", description="Zhuanban (专班): the system of a task force.")
    _workspace_option(top, None)
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for family in (spaces, running, packs, data, reading, record, safekeeping):
        family.register(commands)
    for each in _leaves(commands):
        _workspace_option(each, argparse.SUPPRESS)
    return top


def _workspace_option(target: argparse.ArgumentParser, default: Any) -> None:
    target.add_argument(
        "--workspace", metavar="DIR", default=default, help="the workspace (default: ZHUANBAN_WORKSPACE, else var)"
    )


def _leaves(commands: Any) -> list[argparse.ArgumentParser]:
    found: list[argparse.ArgumentParser] = []
    for each in commands.choices.values():
        nested = [action for action in each._actions if isinstance(action, argparse._SubParsersAction)]
        found.extend(leaf for action in nested for leaf in _leaves(action)) if nested else found.append(each)
    return found


def prepare() -> None:
    """Load Django against the chosen workspace; messages in the terminal's language."""
    import django
    from django.utils import translation

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhuanban.site.settings")
    _need_a_usable_address()
    django.setup()
    language = os.environ.get("ZHUANBAN_LANGUAGE") or os.environ.get("LC_ALL") or os.environ.get("LANG") or ""
    translation.activate("zh-hans" if language.startswith("zh") else "en")


def _need_a_usable_address() -> None:
    """Stop where DATABASE_URL is no address of a PostgreSQL database; it may hold a password and is not repeated."""
    url = os.environ.get("DATABASE_URL", "")
    if not url:
        return
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("postgres", "postgresql") and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise Stop(
            "DATABASE_URL is no address of a PostgreSQL database, so nothing was done. Write it as "
            "postgresql://NAME:PASSWORD@HOST:5432/DATABASE, or leave it out to use the workspace's SQLite file."
        )


def need_workspace() -> None:
    """Stop unless there is a workspace, its database answers and its tables are current."""
    from django.db import Error

    from zhuanban.kit import workspace
    from zhuanban.site import workspaces

    if not workspace.exists():
        raise Stop(
            f"There is no workspace in {workspace.root()}. "
            "Make one with “zhuanban init” (empty) or “zhuanban demo” (invented data), or name another with --workspace."
        )
    try:
        workspaces.migrate(say)
    except workspaces.NotCleanBeforeMigration as unclean:
        raise Stop(
            "The record does not verify, so the tables are not brought up to date. "
            "Run “zhuanban trail verify --deep” and settle its findings first."
        ) from unclean
    except (Error, OSError) as failed:
        raise Stop(unreachable(failed)) from failed


def need_keys() -> None:
    """Stop where a restored workspace still waits for its keys."""
    from zhuanban.site.backups import keys

    keys.need()


def unreachable(failed: BaseException) -> str:
    """What to say when the database does not answer; no password is repeated."""
    first = (str(failed).strip().splitlines() or [type(failed).__name__])[0]
    if os.environ.get("DATABASE_URL"):
        return (
            f"The database named in DATABASE_URL cannot be reached ({first}). Nothing was changed. "
            "Check that the server runs and that host, port, name and password in DATABASE_URL are right."
        )
    return f"The database file of the workspace cannot be used ({first}). Check the disk and the file's permissions."


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        # Results are UTF-8 whatever the terminal's encoding is.
        sys.stdout.reconfigure(encoding="utf-8")
    options = parser().parse_args(arguments)
    if options.workspace:
        os.environ["ZHUANBAN_WORKSPACE"] = str(Path(options.workspace).absolute())
    try:
        run: Run = options.run
        return run(options)
    except Stop as stop:
        say(str(stop))
        return stop.code
    except BrokenPipeError:
        return DONE
    except Exception as failed:
        from zhuanban.kit.refusals import Refusal

        if not isinstance(failed, Refusal):
            raise
        say(str(failed))
        return COULD_NOT_RUN if failed.status == 503 else FINDINGS
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    # The commands import this module under its own name; running that one keeps one Stop for both.
    from zhuanban.site import cli

    sys.exit(cli.main())
