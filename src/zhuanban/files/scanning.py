"""A scanner of the site's own (an antivirus program) looks at each file before it is taken in.

``ZHUANBAN_SCANNER`` is a command that reads the file on standard input and ends 0 for a clean one and 1 for one that
must not come in, such as ``clamdscan --no-summary -``. Anything else counts as not looked at, and nothing is taken in.
"""

import logging
import os
import shlex
import subprocess

from zhuanban.kit.refusals import Problem, Refusal

log = logging.getLogger(__name__)
SECONDS = 60


def problem_of(name: str, data: bytes) -> Problem | None:
    """What the scanner has against a file. Refusals: scanner_failed, where it could not look."""
    command = os.environ.get("ZHUANBAN_SCANNER", "")
    if not command:
        return None
    try:
        done = subprocess.run(shlex.split(command), input=data, capture_output=True, timeout=SECONDS, check=False)  # noqa: S603
    except (OSError, ValueError, subprocess.TimeoutExpired) as failed:
        log.error("the scanner could not be run: %s", failed)
        raise Refusal("scanner_failed", status=503, where=name) from failed
    if done.returncode == 1:
        log.warning("the scanner refused a file: %s", done.stdout.decode("utf-8", "replace").strip()[:300])
        return Problem("upload_infected", {"file": name}, name)
    if done.returncode:
        log.error("the scanner ended with %s: %s", done.returncode, done.stderr.decode("utf-8", "replace").strip()[:300])
        raise Refusal("scanner_failed", status=503, where=name)
    return None
