"""Checking a certificate number that somebody reads from paper."""

import re
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language

from zhuanban.calc.periods import Period
from zhuanban.filings.kinds.cadence import Covered
from zhuanban.filings.models import Consolidation, FrozenFiling
from zhuanban.filings.queries.frozen_text import consolidated_words, is_intact
from zhuanban.filings.queries.reach import sees
from zhuanban.people.access import Viewer
from zhuanban.trail.queries import entry_certificate

_SHAPE = re.compile(r"ZB-?(\d{1,12})-?([0-9A-F]{12})")


@dataclass(frozen=True)
class CertificateCheck:
    """What a number belongs to. ``outcome``: intact, changed, other (genuine, but no filing), unknown, unreadable.

    Names the filing without its content, so that also the audit administrator may check paper. ``filing_id`` is None
    where the viewer may not open the filing.
    """

    outcome: str
    certificate: str = ""
    unit_zh: str = ""
    unit_en: str = ""
    group_zh: str = ""
    group_en: str = ""
    cadence: str = ""
    covered: Covered | None = None
    number: int = 0
    signed_at: datetime | None = None
    signed_by_post: str = ""
    sent_back: bool = False
    sha256: str = ""
    filing_id: int | None = None
    is_consolidation: bool = False
    consolidation_id: int | None = None

    @property
    def unit_name(self) -> str:
        return self.unit_en if get_language() == "en" else self.unit_zh

    @property
    def group_name(self) -> str:
        return self.group_en if get_language() == "en" else self.group_zh


def verify_certificate(*, viewer: Viewer, text: str) -> CertificateCheck:
    """What the certificate number ``text`` belongs to, and whether the frozen text still matches it.

    Small letters, full-width characters, spaces and missing dashes are forgiven.
    """
    viewer.demand_any("filings.verify")
    found = _SHAPE.fullmatch(_plain(text))
    if found is None:
        return CertificateCheck("unreadable")
    seq, start = int(found.group(1)), found.group(2)
    frozen = FrozenFiling.objects.select_related("filing__unit", "filing__group").filter(certificate_seq=seq).first()
    if frozen is None or not frozen.certificate.endswith(f"-{start}"):
        gathered = Consolidation.objects.filter(certificate_seq=seq).first()
        if gathered is not None and gathered.certificate.endswith(f"-{start}"):
            return _of_consolidation(viewer, gathered)
        sealed = entry_certificate(seq)
        known = sealed is not None and sealed.text.endswith(f"-{start}")
        return CertificateCheck("other", sealed.text) if known and sealed else CertificateCheck("unknown")
    return _belonging(viewer, frozen)


def _of_consolidation(viewer: Viewer, gathered: Consolidation) -> CertificateCheck:
    return CertificateCheck(
        outcome="intact" if is_intact(gathered, consolidated_words) else "changed",
        consolidation_id=gathered.pk if viewer.can("filings.consolidated") else None,
        is_consolidation=True,
        certificate=gathered.certificate,
        covered=Period.month(gathered.year, gathered.month),
        number=gathered.number,
        signed_at=gathered.frozen_at,
        signed_by_post=gathered.frozen_by_post,
        sha256=gathered.sha256,
    )


def _plain(text: str) -> str:
    narrow = "".join(chr(ord(char) - 0xFEE0) if "！" <= char <= "～" else char for char in text)
    return re.sub(r"[\s‐-―−]", lambda found: "" if found.group().isspace() else "-", narrow).upper()


def _belonging(viewer: Viewer, frozen: FrozenFiling) -> CertificateCheck:
    filing = frozen.filing
    seen = sees(viewer, filing)
    return CertificateCheck(
        outcome="intact" if is_intact(frozen) else "changed",
        certificate=frozen.certificate,
        unit_zh=filing.unit.name_zh,
        unit_en=filing.unit.name_en,
        group_zh=filing.group.name_zh,
        group_en=filing.group.name_en,
        cadence=filing.cadence,
        covered=filing.covered,
        number=frozen.number,
        signed_at=frozen.signed_at,
        signed_by_post=frozen.signed_by_post,
        sent_back=frozen.sent_back_at is not None,
        sha256=frozen.sha256,
        filing_id=filing.pk if seen else None,
    )
