"""The office's answer to a signed filing: received, or sent back with a reason."""

from zhuanban.filings.kinds.cadence import lock_after_return
from zhuanban.filings.models import Filing, FrozenFiling
from zhuanban.filings.queries import cadence_of
from zhuanban.filings.services.changing import change, filing_for, newest_frozen, same_version
from zhuanban.kit import clock
from zhuanban.kit.events import publish
from zhuanban.kit.refusals import Refusal
from zhuanban.matters.queries.families import family_of
from zhuanban.people.access import Viewer
from zhuanban.people.queries import own_units, working_calendar
from zhuanban.trail.services import work


def receive_filing(*, filing_id: int, by: Viewer, version: int, remark: str = "") -> FrozenFiling:
    """The office, for a weekly filing the responsible department, takes it: signed → received, with a remark if there
    is one, which the unit reads. A filing of its own unit (or of the department it is a
    section of) is received with a flag.

    Refuses ``filing_not_signed``, ``filing_own_signature`` for whoever signed it himself, and as ``compile_filing``.
    """
    with work(by.actor, "接收报送"):
        filing, frozen = _signed(filing_id, by, version)
        frozen.received_at = clock.now()
        frozen.received_by_post = by.signature
        frozen.received_own_unit = not family_of(filing.unit_id).isdisjoint(own_units(viewer=by))
        frozen.receive_remark = remark.strip()
        frozen.save(update_fields=["received_at", "received_by_post", "received_own_unit", "receive_remark"])
        change(filing, state=Filing.State.RECEIVED)
        publish("filings.answered", {"filing": filing.pk})
    return frozen


def send_back_filing(*, filing_id: int, by: Viewer, version: int, reason: str) -> FrozenFiling:
    """The office sends it back: signed → sent back. The signed version stays readable; the unit compiles anew and
    has at least some working days for it, its due day stays.

    Refuses ``required`` for an empty reason, and as ``receive_filing``.
    """
    reason = reason.strip()
    if not reason:
        raise Refusal("required", where="reason")
    with work(by.actor, "退回报送"):
        filing, frozen = _signed(filing_id, by, version)
        frozen.sent_back_at = clock.now()
        frozen.sent_back_by_post = by.signature
        frozen.send_back_reason = reason
        frozen.save(update_fields=["sent_back_at", "sent_back_by_post", "send_back_reason"])
        dates = lock_after_return(
            cadence_of(key=filing.cadence, covered=filing.covered), filing.dates, clock.today(), working_calendar()
        )
        change(filing, state=Filing.State.SENT_BACK, lock_on=dates.lock_on)
        publish("filings.answered", {"filing": filing.pk})
    return frozen


def _signed(filing_id: int, by: Viewer, version: int) -> tuple[Filing, FrozenFiling]:
    filing = filing_for(filing_id, by, "filings.receive")
    if filing.state != Filing.State.SIGNED:
        raise Refusal("filing_not_signed", status=409)
    frozen = newest_frozen(filing)
    assert frozen is not None
    if by.user_id is not None and frozen.signed_by_id == by.user_id:
        raise Refusal("filing_own_signature", status=403)
    same_version(filing, version)
    return filing, frozen
