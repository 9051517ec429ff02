"""Signing: the compiled content becomes a frozen text with a certificate number, and never changes again."""

from typing import Any

from zhuanban.filings.kinds.cadence import Timeliness, timeliness
from zhuanban.filings.models import Filing, FrozenFiling
from zhuanban.filings.queries.confidential import confidential_since
from zhuanban.filings.queries.frozen_text import canonical, sealed_words, sha256_of
from zhuanban.filings.services.changing import change, filing_for, newest_frozen, not_signed_now, same_version
from zhuanban.filings.services.extending import lapse_extension
from zhuanban.kit import clock, events, formats
from zhuanban.kit.refusals import Refusal
from zhuanban.people.access import Viewer
from zhuanban.trail.queries import entry_certificate
from zhuanban.trail.services import record_event, work


def sign_filing(*, filing_id: int, by: Viewer, version: int) -> FrozenFiling:
    """Freeze what was compiled: compiled → signed. The trail seals the text's SHA-256; its entry is the certificate.

    Timeliness goes by the business date of the first signature. Refuses ``filing_signed_already``,
    ``filing_not_compiled``, ``filing_locked`` from the lock day on, ``filing_without_words`` without analysis or the
    word that there is none, ``filing_matters_confidential`` where a compiled matter is more than internal by now, and as ``compile_filing``.
    """
    with work(by.actor, "签发报送"):
        filing = filing_for(filing_id, by, "filings.sign")
        not_signed_now(filing)
        if filing.state != Filing.State.COMPILED:
            raise Refusal("filing_not_compiled", status=409)
        if clock.today() >= filing.lock_on:
            raise Refusal("filing_locked", status=409, when=formats.date_words(filing.lock_on))
        same_version(filing, version)
        if not filing.comment and not filing.no_change:
            raise Refusal("filing_without_words", where="comment")
        if hidden := confidential_since(viewer=by, compiled=filing.compiled):
            raise Refusal("filing_matters_confidential", status=409, numbers="、".join(sorted(hidden)))
        frozen = _freeze(filing, by)
        lapse_extension(filing)
        change(filing, state=Filing.State.SIGNED, first_signed_on=filing.first_signed_on or clock.today())
        events.publish("filings.signed", {"filing": filing.pk, "certificate": frozen.certificate})
    return frozen


def _freeze(filing: Filing, by: Viewer) -> FrozenFiling:
    earlier = newest_frozen(filing)
    number = earlier.number + 1 if earlier else 1
    now = clock.now()
    first_signed_on = filing.first_signed_on or clock.today()
    is_late = timeliness(filing.dates, first_signed_on, clock.today()) is Timeliness.LATE
    body = canonical(_content(filing, number, by.signature, now.isoformat(timespec="seconds"), is_late))
    sha256 = sha256_of(body)
    seq = record_event("sign", f"filing:{filing.pk}:{number}", sealed_words(sha256))
    certificate = entry_certificate(seq)
    assert certificate is not None
    return FrozenFiling.objects.create(
        filing=filing,
        number=number,
        body=body,
        sha256=sha256,
        certificate_seq=seq,
        certificate=certificate.text,
        signed_at=now,
        signed_by_id=by.user_id,
        signed_by_post=by.signature,
        is_late=is_late,
    )


def _content(filing: Filing, number: int, post: str, at: str, is_late: bool) -> dict[str, Any]:
    assert filing.compiled is not None
    return {
        **filing.compiled,
        "comment": filing.comment,
        "no_change": filing.no_change,
        "number": number,
        "signed_by": post,
        "signed_at": at,
        "is_late": is_late,
    }
