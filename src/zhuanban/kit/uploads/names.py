"""File names as people send them, made fit to show, to log and to put into a header."""

import unicodedata

MAX_NAME_BYTES = 180
_RESERVED = frozenset(
    {"con", "prn", "aux", "nul", *(f"com{n}" for n in range(1, 10)), *(f"lpt{n}" for n in range(1, 10))}
)
_FORBIDDEN = frozenset('\\/:*?"<>|;%')


def shown_name(name: str) -> str:
    """The file name without folders, control or direction marks and characters that break a header or a disk.

    The name is only ever shown; files are stored under random names.

    >>> shown_name("..\\\\..\\\\6月 报表.xlsx")
    '6月 报表.xlsx'
    >>> shown_name("CON.xlsx")
    '_CON.xlsx'
    """
    last = name.replace("\\", "/").replace("%2f", "/").replace("%2F", "/").rsplit("/", 1)[-1]
    kept = "".join(c for c in last if unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
    clean = "".join("_" if c in _FORBIDDEN else c for c in kept).strip().rstrip(". ")
    stem, dot, extension = clean.rpartition(".")
    if not dot:
        stem, extension = clean, ""
    if stem.lower() in _RESERVED or not stem:
        stem = f"_{stem}"
    return _shortened(stem, f"{dot}{extension}")


def extension_of(name: str) -> str:
    """The last extension in lower case, without the dot; empty where there is none."""
    shown = shown_name(name)
    return shown.rpartition(".")[2].lower() if "." in shown.lstrip("_.") else ""


def _shortened(stem: str, tail: str) -> str:
    tail = tail.encode()[:20].decode(errors="ignore")
    room = MAX_NAME_BYTES - len(tail.encode())
    return stem.encode()[:room].decode(errors="ignore") + tail
