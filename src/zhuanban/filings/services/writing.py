"""Compiling a filing from live data and commenting on it, as often as needed until it is signed."""

from zhuanban.filings.models import Filing
from zhuanban.filings.services.changing import change, filing_for, not_signed_now, same_version
from zhuanban.filings.services.snapshot import snapshot
from zhuanban.kit import clock
from zhuanban.kit.refusals import Refusal
from zhuanban.people.access import Viewer
from zhuanban.trail.services import work


def compile_filing(*, filing_id: int, by: Viewer, version: int) -> Filing:
    """Take the snapshot of live data: due, sent back or compiled → compiled. The comment stays as written.

    Refuses ``filing_unknown``, ``filing_not_yours``, ``filing_signed_already``, ``stale_version``.
    """
    with work(by.actor, "汇编报送"):
        filing = filing_for(filing_id, by, "filings.compile")
        not_signed_now(filing)
        same_version(filing, version)
        now = clock.now()
        return change(
            filing,
            state=Filing.State.COMPILED,
            compiled=snapshot(filing, now),
            compiled_at=now,
            compiled_by_post=by.signature,
        )


def comment_filing(*, filing_id: int, by: Viewer, version: int, comment: str, no_change: bool = False) -> Filing:
    """Write the unit's analysis, or state that there is nothing to add.

    Refuses ``filing_not_compiled`` before it was compiled, and as ``compile_filing``.
    """
    with work(by.actor, "填写报送说明"):
        filing = filing_for(filing_id, by, "filings.compile")
        not_signed_now(filing)
        same_version(filing, version)
        if filing.state != Filing.State.COMPILED:
            raise Refusal("filing_not_compiled", status=409)
        return change(filing, comment=comment.strip(), no_change=no_change)
