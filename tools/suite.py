"""Runs the tests: one database and no browser, or with ``ZHUANBAN_TESTS=full`` everything the product promises.

Full means the whole suite on PostgreSQL, then on SQLite with browser journeys and rendered documents; there a test that
is skipped for want of one of them fails (``tests/conftest.py``). The closing line of each session is printed last, that
of a failed session after that of a passed one.
"""

import os
import re
import subprocess
import sys
from dataclasses import dataclass, field

POSTGRES = "postgresql://postgres@127.0.0.1:5432/postgres"
_CLOSING = re.compile(r"^=*\s*(?:no tests ran|\d+ \w+)(?:, \d+ \w+)* in \d+[.:].*")


@dataclass(frozen=True)
class Session:
    """One run of pytest: its name, what it leaves out, and on which database."""

    name: str
    options: tuple[str, ...] = ()
    environment: dict[str, str] = field(default_factory=dict)


def sessions(environment: dict[str, str]) -> list[Session]:
    """The sessions of the mode that ``ZHUANBAN_TESTS`` names."""
    if environment.get("ZHUANBAN_TESTS") != "full":
        return [Session("one database, no browser")]
    postgres = environment.get("TEST_POSTGRES_URL") or POSTGRES
    return [
        Session(
            "PostgreSQL",
            ("-m", "not needs_browser and not needs_libreoffice"),
            {"DATABASE_URL": postgres},
        ),
        Session("SQLite, browser and documents", ("-m", "not needs_postgres")),
    ]


def closing_line(output: str) -> str:
    """The last line of ``output`` in which pytest counts its tests; empty where there is none."""
    return next((line for line in reversed(output.splitlines()) if _CLOSING.match(line)), "")


def run(session: Session, arguments: list[str]) -> tuple[int, str]:
    """Run one session, showing what it prints; returns its status and its closing line."""
    command = [sys.executable, "-m", "pytest", "-n", "2", "--dist", "worksteal", "-q", "--durations=5", *session.options, *arguments]
    print(f"Tests: {session.name}", flush=True)
    # Some two hundred commands are started; each would compile every module anew where nothing may be kept.
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment = {**kept, **session.environment}
    lines = []
    with subprocess.Popen(
        command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as running:
        assert running.stdout is not None
        for line in running.stdout:
            print(line, end="", flush=True)
            lines.append(line)
    return running.returncode, closing_line("".join(lines))


def main(arguments: list[str]) -> int:
    """Run the mode's sessions; 0 only when all of them passed."""
    results = [(session, *run(session, arguments)) for session in sessions(dict(os.environ))]
    for session, _status, line in sorted(results, key=lambda result: result[1] != 0):
        if len(results) > 1:
            print(f"{session.name}:")
        print(line or "pytest ended without a closing line")
    return max(status for _session, status, _line in results)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
