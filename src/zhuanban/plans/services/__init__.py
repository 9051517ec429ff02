"""What may be done with a plan."""

from zhuanban.plans.packs.renaming import PlaceName, ZoneNames
from zhuanban.plans.services.applying import ApplySummary, Change, apply_pack

__all__ = ["ApplySummary", "Change", "PlaceName", "ZoneNames", "apply_pack"]
