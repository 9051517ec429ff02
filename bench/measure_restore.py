"""Measures the way back of a workspace of 500 MB: backup, restore, verification of everything, first sign-in."""

import os
import secrets
import shutil
import subprocess
import sys
import time
from io import BytesIO
from pathlib import Path

from temporary import demo_workspace, machine, say

MEGABYTES = 500
FILE_MB = 4


def fill(root: Path) -> None:
    """Half attachments that cannot be compressed, half database, both by the ordinary doors."""
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.db.models import F

    from zhuanban.files.services import record_file, take_in
    from zhuanban.indicators.models import Figure
    from zhuanban.trail.services import Actor, work

    actor = Actor("command", "measurement", "measurement")
    with work(actor, "measurement"):
        for number in range(MEGABYTES // 2 // FILE_MB):
            [stored] = take_in([SimpleUploadedFile(f"{number}.png", _picture(), "image/png")], by_key="measurement")
            record_file(stored, by_label="measurement", by_key="measurement")
    keys = list(Figure.objects.order_by("pk").values_list("pk", flat=True))
    while _megabytes(root) < MEGABYTES:
        with work(actor, "measurement"):
            Figure.objects.filter(pk__in=keys).update(rank_of=F("rank_of"), note=secrets.token_hex(100))


def _picture() -> bytes:
    """A picture of noise, of about FILE_MB."""
    from PIL import Image

    out, side = BytesIO(), 1_150
    Image.frombytes("RGB", (side, side), secrets.token_bytes(side * side * 3)).save(out, "PNG", compress_level=1)
    return out.getvalue()


def _megabytes(root: Path) -> float:
    return sum(each.stat().st_size for each in root.rglob("*") if each.is_file() and each.suffix != ".sqlite3-wal") / 1e6


def zhuanban(workspace: Path, *words: str) -> float:
    """Seconds of one command."""
    begun = time.monotonic()
    subprocess.run(
        [sys.executable, "-m", "zhuanban.site.cli", *words], check=True, stdout=subprocess.DEVNULL,
        env={**os.environ, "ZHUANBAN_WORKSPACE": str(workspace)},
    )  # fmt: skip
    return time.monotonic() - begun


def sign_in(workspace: Path) -> float:
    """Seconds of a first sign-in over the restored workspace, in a process of its own."""
    script = (
        "import django; django.setup()\n"
        "from django.test import Client\n"
        "client = Client(); client.get('/sign-in/')\n"
        "import re; page = client.get('/sign-in/').content.decode()\n"
        "hidden = dict(re.findall(r'<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"', page))\n"
        "hidden.update(username='clerk', password='demo-zhuanban-2023')\n"
        "answer = client.post('/sign-in/', hidden); assert answer.status_code == 302, answer.status_code\n"
        "assert client.get('/').status_code == 200\n"
    )
    begun = time.monotonic()
    subprocess.run(
        [sys.executable, "-c", script], check=True,
        env={**os.environ, "ZHUANBAN_WORKSPACE": str(workspace), "DJANGO_SETTINGS_MODULE": "zhuanban.site.settings"},
    )  # fmt: skip
    return time.monotonic() - begun


def main() -> None:
    with demo_workspace() as root:
        fill(root)
        from django.db import connection

        connection.close()
        say(f"machine: {machine()}; workspace of {_megabytes(root):.0f} MB")
        steps = {"backup": zhuanban(root, "backup")}
        [made] = (root / "backups").glob("*.tar*")
        target = root.with_name(f"{root.name}-restored")
        try:
            steps["restore"] = zhuanban(root, "restore", str(made), "--into", str(target))
            shutil.copytree(root / "secrets", target / "secrets", dirs_exist_ok=True)
            steps["verify --deep"] = zhuanban(target, "trail", "verify", "--deep")
            steps["sign in and workbench"] = sign_in(target)
        finally:
            shutil.rmtree(target, ignore_errors=True)
        for name, seconds in steps.items():
            say(f"{name}: {seconds:.1f} s")
        say(f"together: {sum(steps.values()):.1f} s; the backup has {made.stat().st_size / 1e6:.0f} MB")


if __name__ == "__main__":
    main()
