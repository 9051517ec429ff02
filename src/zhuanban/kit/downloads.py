"""Files that a page hands out: made for the reader, never shown in the page."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCUMENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def download(content: bytes, name: str, content_type: str = WORKBOOK) -> HttpResponse:
    """The file under its name, which may be Chinese."""
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response
