"""Small files of evidence that say themselves that they are invented."""

import io

from PIL import Image, ImageDraw, ImageFont

from zhuanban.kit.charts import fonts

_MARK = "演示数据"


class Upload(io.BytesIO):
    """Bytes with a name, as a form hands them in."""

    def __init__(self, name: str, data: bytes) -> None:
        super().__init__(data)
        self.name = name


def upload(name: str) -> Upload:
    """A picture or a document, by the ending of its name, that carries the demo's mark and its own name."""
    words = name.rsplit(".", 1)[0]
    return Upload(name, _picture(words) if name.endswith(".png") else _document(words))


def _picture(words: str) -> bytes:
    image = Image.new("L", (480, 270), 236)
    pen = ImageDraw.Draw(image)
    face = str(fonts.present(fonts.REGULAR))
    pen.rectangle((12, 12, 467, 257), outline=120)
    pen.text((240, 105), _MARK, font=ImageFont.truetype(face, 48), fill=90, anchor="mm")
    pen.text((240, 180), words, font=ImageFont.truetype(face, 22), fill=60, anchor="mm")
    output = io.BytesIO()
    image.save(output, "PNG")
    return output.getvalue()


def _document(words: str) -> bytes:
    """One page of PDF in the reader's own Chinese typeface; no date, so that the same words give the same file."""
    drawing = "BT /F 26 Tf 72 740 Td <{}> Tj ET BT /F 16 Tf 72 700 Td <{}> Tj ET".format(
        _MARK.encode("utf-16-be").hex(), words.encode("utf-16-be").hex()
    )
    bodies = (
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>",
        f"<< /Length {len(drawing)} >>\nstream\n{drawing}\nendstream",
        "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [6 0 R] >>",
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light "
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /FontDescriptor 7 0 R >>",
        "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0 "
        "/Ascent 880 /Descent -120 /CapHeight 700 /StemV 80 >>",
    )
    text, offsets = "%PDF-1.4\n", []
    for number, body in enumerate(bodies, start=1):
        offsets.append(len(text))
        text += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    size = len(bodies) + 1
    text += f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R >>\n"
    return f"{text}startxref\n{text.index('xref')}\n%%EOF\n".encode("ascii")
