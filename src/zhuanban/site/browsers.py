"""Which browser a session was begun with, in words that its holder knows again."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# Most browsers name others beside themselves: the more particular ones come first.
_BROWSERS = (
    ("MicroMessenger", gettext_lazy("WeChat")), ("DingTalk", gettext_lazy("DingTalk")), ("QQBrowser", "QQ"), ("360SE", "360"), ("360EE", "360"),
    ("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrom", "Chrome"), ("Safari", "Safari"),
)  # fmt: skip
_SYSTEMS = (
    ("Windows", "Windows"), ("HarmonyOS", "HarmonyOS"), ("OpenHarmony", "HarmonyOS"), ("Android", "Android"),
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Mac OS", "macOS"), ("Linux", "Linux"),
)  # fmt: skip


def browser_words(agent: str) -> str:
    """The browser and the system that a request named.

    >>> browser_words("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Safari/537.36 Edg/120.0")
    'Edge · Windows'
    """
    browser = next((name for sign, name in _BROWSERS if sign in agent), "")
    system = next((name for sign, name in _SYSTEMS if sign in agent), "")
    return " · ".join(str(each) for each in (browser, system) if each) or _("unknown browser")
