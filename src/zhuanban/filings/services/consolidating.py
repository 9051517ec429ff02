"""Freezing the month's received filings as one text of the office, with a number that can be checked."""

from django.db import IntegrityError, transaction

from zhuanban.filings.models import Consolidation
from zhuanban.filings.queries.frozen_text import canonical, consolidated_words, content_of, sha256_of
from zhuanban.filings.queries.gathering import gathered_month
from zhuanban.kit import clock
from zhuanban.kit.refusals import Refusal
from zhuanban.people.access import Viewer
from zhuanban.trail.queries import entry_certificate
from zhuanban.trail.services import record_event, work


def consolidate_month(*, year: int, month: int, by: Viewer, number: int) -> Consolidation:
    """Freeze what is gathered now as number ``number`` of the month. The trail's entry of it is the certificate.

    Missing filings are named in the text and do not prevent it. Refusals: not_allowed, ``consolidation_empty`` where
    no filing of the month is received, ``consolidation_same`` where nothing changed since the one before,
    ``stale_version`` where somebody froze that number first.
    """
    by.demand_any("filings.consolidate")
    with work(by.actor, f"汇总报送 {year}-{month:02d}"):
        content = gathered_month(viewer=by, year=year, month=month)
        if not content["counts"]["received"]:
            raise Refusal("consolidation_empty", status=409)
        earlier = Consolidation.objects.select_for_update().filter(year=year, month=month).first()
        if number != (earlier.number + 1 if earlier else 1):
            raise Refusal("stale_version", status=409)
        if earlier and _said(content_of(earlier.body)) == content:
            raise Refusal("consolidation_same", status=409, certificate=earlier.certificate)
        return _freeze(content, year, month, number, by)


def _said(content: dict[str, object]) -> dict[str, object]:
    """A frozen text without who froze it when."""
    return {name: value for name, value in content.items() if name not in ("number", "frozen_by", "frozen_at")}


def _freeze(content: dict[str, object], year: int, month: int, number: int, by: Viewer) -> Consolidation:
    now = clock.now()
    body = canonical(
        {**content, "number": number, "frozen_by": by.signature, "frozen_at": now.isoformat(timespec="seconds")}
    )
    sha256 = sha256_of(body)
    seq = record_event("sign", f"consolidation:{year}-{month:02d}:{number}", consolidated_words(sha256))
    certificate = entry_certificate(seq)
    assert certificate is not None
    try:
        with transaction.atomic():
            return Consolidation.objects.create(
                year=year, month=month, number=number, body=body, sha256=sha256, certificate_seq=seq,
                certificate=certificate.text, frozen_at=now, frozen_by_post=by.signature,
            )  # fmt: skip
    except IntegrityError as taken:
        raise Refusal("stale_version", status=409) from taken
