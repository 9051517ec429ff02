"""The workspace: one directory that holds everything one zone owns (database, keys, files, configuration)."""

import json
import os
import secrets
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path


@dataclass(frozen=True)
class BusinessClock:
    """A clock that stood at ``starts_at`` when the workspace was built at ``built_at`` and stops at ``stops_at``."""

    starts_at: datetime
    built_at: datetime
    stops_at: datetime


@dataclass(frozen=True)
class WorkspaceConfig:
    """What ``workspace.json`` says: the zone's names, whether all data are invented, the demo's clock, for whom
    backups are encrypted (public keys ``age1…``), and how many megabytes attachments may hold together.
    """

    name_zh: str = "专班"
    name_en: str = "Zhuanban"
    is_demo: bool = False
    clock: BusinessClock | None = None
    backup_recipients: tuple[str, ...] = ()
    files_quota_mb: int = 20_000


def root() -> Path:
    """The workspace directory: ``ZHUANBAN_WORKSPACE``, or ``var`` under the current directory."""
    return Path(os.environ.get("ZHUANBAN_WORKSPACE") or "var").absolute()


def database_path() -> Path:
    return root() / "zhuanban.sqlite3"


def files_path() -> Path:
    """Where attachments lie, outside anything the web server shows."""
    return root() / "files"


def exists() -> bool:
    return (root() / "workspace.json").is_file()


@lru_cache(maxsize=8)
def _read(path: Path, _changed_ns: int) -> WorkspaceConfig:
    raw = json.loads(path.read_text(encoding="utf-8"))
    clock = raw.get("clock")
    return WorkspaceConfig(
        name_zh=raw["name_zh"],
        name_en=raw["name_en"],
        is_demo=bool(raw.get("is_demo")),
        clock=BusinessClock(**{key: datetime.fromisoformat(clock[key]) for key in clock}) if clock else None,
        backup_recipients=tuple(raw.get("backup_recipients") or ()),
        files_quota_mb=int(raw.get("files_quota_mb") or WorkspaceConfig.files_quota_mb),
    )


def config() -> WorkspaceConfig:
    """The configuration as stored now; the defaults where no workspace has been made."""
    path = root() / "workspace.json"
    try:
        return _read(path, path.stat().st_mtime_ns)
    except FileNotFoundError:
        return WorkspaceConfig()


def write_config(config: WorkspaceConfig) -> None:
    """Store the configuration; the file appears whole or not at all."""
    clock = config.clock
    body = {
        "name_zh": config.name_zh,
        "name_en": config.name_en,
        "is_demo": config.is_demo,
        "clock": clock
        and {
            "starts_at": clock.starts_at.isoformat(),
            "built_at": clock.built_at.isoformat(),
            "stops_at": clock.stops_at.isoformat(),
        },
        "backup_recipients": list(config.backup_recipients),
        "files_quota_mb": config.files_quota_mb,
    }
    root().mkdir(parents=True, exist_ok=True)
    draft = root() / "workspace.json.new"
    draft.write_text(json.dumps(body, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    draft.replace(root() / "workspace.json")


def make_key(name: str) -> None:
    """Create the secret ``name`` (32 random bytes, readable by the owner only) unless it exists."""
    folder = root() / "secrets"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / f"{name}.key"
    if path.exists():
        return
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as handle:
        handle.write(secrets.token_hex(32))


def key(name: str) -> bytes:
    """The secret ``name``. Raises FileNotFoundError where the workspace has none."""
    return (root() / "secrets" / f"{name}.key").read_text(encoding="ascii").strip().encode("ascii")
