"""A filing without anything to add, in one step."""

from zhuanban.filings.models import Filing
from zhuanban.filings.queries.reach import may_on
from zhuanban.filings.services.signing import sign_filing
from zhuanban.filings.services.writing import comment_filing, compile_filing
from zhuanban.people.access import Viewer
from zhuanban.trail.services import work


def file_no_change(*, filing_id: int, by: Viewer, version: int) -> Filing:
    """Compile the filing from the live data and state that there is nothing to add; whoever may sign it signs, too.

    What the unit had written before is dropped for the statement. All or nothing. Refuses as ``compile_filing``,
    ``comment_filing`` and ``sign_filing``.
    """
    with work(by.actor, "报送无变化"):
        filing = compile_filing(filing_id=filing_id, by=by, version=version)
        filing = comment_filing(filing_id=filing_id, by=by, version=filing.version, comment="", no_change=True)
        if may_on(by, "filings.sign", filing):
            sign_filing(filing_id=filing_id, by=by, version=filing.version)
            filing.refresh_from_db()
    return filing
