"""The plan as applied, and packs as files."""

import json

from zhuanban.people.access import Viewer
from zhuanban.plans.models import AppliedPack
from zhuanban.plans.packs import Pack, PackProblem, PackRefused, builtin_folder, check_pack, load_pack

__all__ = ["Pack", "PackProblem", "PackRefused", "applied_pack", "builtin_folder", "check_pack", "load_pack"]


def applied_pack(*, viewer: Viewer) -> Pack | None:
    """The pack the workspace runs on, None before the first one. The plan is open to every viewer."""
    del viewer
    newest = AppliedPack.objects.first()
    return Pack.model_validate_json(json.dumps(newest.content)) if newest else None
