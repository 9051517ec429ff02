"""Formula guards: text that a spreadsheet program would run when it opens a CSV file."""

_SKIPPED = " \ufeff\u200b\u200c\u200d\u2060\u00a0\u3000"
_HEADS = frozenset("=+-@\t\r\n\0＝＋－＠")  # noqa: RUF001
_SEPARATORS = (";", ",", '"', "'")
GUARD = "'"


def is_formula_like(text: str) -> bool:
    """Whether a program could take the text for a formula, also behind spaces, marks of order or a separator.

    >>> [is_formula_like(t) for t in ("=1+1", " ＋x", "-5.2%", "区内企业", "5.2")]
    [True, True, True, False, False]
    """
    if text[:1] in _HEADS and text:
        return True
    rest = text.lstrip(_SKIPPED)
    while rest[:1] in _SEPARATORS and rest:
        rest = rest[1:].lstrip(_SKIPPED)
    return bool(rest) and rest[0] in _HEADS


def guarded(text: str) -> str:
    """The text with an apostrophe in front where it needs one.

    A text that begins with the guard itself gets a second one, so that ``unguarded`` always gives the text back.
    """
    if is_formula_like(text) or text.startswith(GUARD):
        return GUARD + text
    return text


def unguarded(text: str) -> str:
    """The text as it was before ``guarded``.

    >>> unguarded("'=1+1"), unguarded("'引号"), unguarded("5.2")
    ('=1+1', "'引号", '5.2')
    """
    if text.startswith(GUARD) and (is_formula_like(text[1:]) or text.startswith(GUARD + GUARD)):
        return text[1:]
    return text
