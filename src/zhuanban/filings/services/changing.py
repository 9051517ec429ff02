"""Finding a filing for a change, and storing the change under its version. Internal to the services."""

from typing import Any

from zhuanban.filings.models import Filing, FrozenFiling
from zhuanban.filings.queries.reach import may_on, seen
from zhuanban.kit import formats
from zhuanban.kit.refusals import Refusal
from zhuanban.people.access import Viewer


def filing_for(filing_id: int, by: Viewer, action: str) -> Filing:
    """The filing, locked, if the viewer sees it; refused where ``action`` does not reach it."""
    filing = Filing.objects.select_for_update().filter(seen(by), pk=filing_id).first()
    if filing is None:
        raise Refusal("filing_unknown", status=404)
    if not may_on(by, action, filing):
        raise Refusal("filing_not_yours", status=403, unit=filing.unit.name)
    return filing


def newest_frozen(filing: Filing) -> FrozenFiling | None:
    """The newest signed version."""
    return FrozenFiling.objects.filter(filing=filing).order_by("-number").first()


def not_signed_now(filing: Filing) -> None:
    """Refuse where a signed version lies with the office or was received."""
    if filing.state in (Filing.State.SIGNED, Filing.State.RECEIVED):
        frozen = newest_frozen(filing)
        assert frozen is not None
        raise Refusal(
            "filing_signed_already",
            status=409,
            who=frozen.signed_by_post,
            when=formats.instant_words(frozen.signed_at),
            certificate=frozen.certificate,
        )


def same_version(filing: Filing, version: int) -> None:
    if filing.version != version:
        raise Refusal("stale_version", status=409)


def change(filing: Filing, **values: Any) -> Filing:
    """Store the values under the filing's version; whoever comes second is refused."""
    changed = Filing.objects.filter(pk=filing.pk, version=filing.version).update(version=filing.version + 1, **values)
    if not changed:
        raise Refusal("stale_version", status=409)
    filing.refresh_from_db()
    return filing
