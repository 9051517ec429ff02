"""One key for the many spellings of a document number."""

import re
import unicodedata

_BRACKETED_YEAR = re.compile(r"[〔\[(【〖{]((?:19|20|21)\d\d)[〕\])】〗}]年?(?:第)?0*(\d+)号?")


def document_number_key(text: str) -> str:
    """Bring a document number to its standard form: 机关代字〔年份〕序号号.

    Meaning: "鞍高开发﹝2023﹞8 号", "鞍高开发[2023]8号" and "鞍高开发（2023）第08号" are one document. Full-width digits become plain,
    spaces go. A number of another form is only normalised.
    Source: GB/T 9704-2012, 发文字号: hexagonal brackets, no leading zero, no 第.

    >>> document_number_key("鞍高开发﹝2023﹞8 号"), document_number_key("主任专题会议２０２００１２")
    ('鞍高开发〔2023〕8号', '主任专题会议2020012')
    """
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    return _BRACKETED_YEAR.sub(r"〔\1〕\2号", plain)
