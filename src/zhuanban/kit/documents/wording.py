"""Fixed forms of an official document: its number, its date, its list of attachments. Pure."""

from datetime import date


def document_number(code: str, year: int, serial: int) -> str:
    """发文字号: the body's code, the year in hexagonal brackets, the serial number without padding.

    >>> document_number("示高经专", 2023, 7)
    '示高经专〔2023〕7号'
    """
    return f"{code}〔{year}〕{serial}号"


def full_date(day: date) -> str:
    """成文日期 in Arabic numerals, month and day without a padded zero.

    >>> full_date(date(2023, 4, 4))
    '2023年4月4日'
    """
    return f"{day.year}年{day.month}月{day.day}日"


def attachment_lines(attachments: tuple[str, ...]) -> tuple[str, ...]:
    """附件说明: one attachment stands alone, several are numbered; names without final punctuation.

    >>> attachment_lines(("指标表。", "项目表"))
    ('附件：1.指标表', '2.项目表')
    """
    names = [name.rstrip("。；，.;,") for name in attachments]
    if len(names) == 1:
        return (f"附件：{names[0]}",)
    return tuple(f"{'附件：' if serial == 1 else ''}{serial}.{name}" for serial, name in enumerate(names, start=1))
