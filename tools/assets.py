"""Copies the named files of the npm lock to where pages and documents use them; both folders are left out of git."""

import re
import shutil
import sys
from pathlib import Path

VENDOR = "src/zhuanban/site/static/vendor"
FONTS = "src/zhuanban/kit/charts/fonts"

FILES = {
    "echarts/dist/echarts.min.js": f"{VENDOR}/echarts.min.js",
    "echarts/LICENSE": f"{VENDOR}/echarts-LICENSE.txt",
    "echarts/NOTICE": f"{VENDOR}/echarts-NOTICE.txt",
    "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2": f"{VENDOR}/inter-latin.woff2",
    "@fontsource-variable/inter/LICENSE": f"{VENDOR}/inter-LICENSE.txt",
    "@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf": f"{FONTS}/NotoSansSC_400Regular.ttf",
    "@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf": f"{FONTS}/NotoSansSC_700Bold.ttf",
    "@expo-google-fonts/noto-sans-sc/LICENSE_FONT": f"{FONTS}/OFL.txt",
}

# A reference to a map file that is not copied makes the static manifest fail.
_MAP_REFERENCE = re.compile(rb"\n?(//[#@]\s*sourceMappingURL=[^\n]*|/\*[#@]\s*sourceMappingURL=[^*]*\*/)")


def absent(root: Path) -> list[str]:
    """The copied files that do not exist in the checkout at ``root``."""
    return [target for target in FILES.values() if not (root / target).is_file()]


def without_map_reference(content: bytes) -> bytes:
    """The script or style sheet without its reference to a source map."""
    return _MAP_REFERENCE.sub(b"", content)


def copy(root: Path) -> None:
    """Copy every named file from ``node_modules``; files of earlier versions do not stay behind."""
    for folder in (VENDOR, FONTS):
        shutil.rmtree(root / folder, ignore_errors=True)
    for source, target in FILES.items():
        content = (root / "node_modules" / source).read_bytes()
        if target.endswith((".js", ".css")):
            content = without_map_reference(content)
        (root / target).parent.mkdir(parents=True, exist_ok=True)
        (root / target).write_bytes(content)


if __name__ == "__main__":
    copy(Path(sys.argv[1]) if sys.argv[1:] else Path(__file__).resolve().parent.parent)
