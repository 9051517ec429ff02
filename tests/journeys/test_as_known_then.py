"""The board as known then: what a month looked like before its figures were corrected."""

import re

from tests.journeys.conftest import People


def test_april_shows_its_old_figure_as_known_before_the_revision_and_the_way_back(people: People) -> None:
    chief = people("chief")
    chief.open("/board/trade_total/?month=2023-04")
    now = chief.page.inner_text(".zb-facts")
    chief.open("/board/?month=2023-04&as_known=2023-06-01")
    chief.reads(chief.say("当时所知的数据", "You see the figures as known on"))
    counted = re.search(r"(\d+)\s*(?:条|项|个|笔|处|figures? of this year)", chief.page.inner_text(".zb-banner"))
    assert counted
    assert int(counted.group(1)) > 0
    chief.follow(chief.say("进出口总额", "Total imports and exports"))
    assert "as_known=2023-06-01" in chief.page.url
    then = chief.page.inner_text(".zb-facts")
    assert then != now
    chief.reads(chief.say("当时所知的数据", "You see the figures as known on"))
    chief.follow(chief.say("看现在所知", "See what is known now"))
    assert chief.page.inner_text(".zb-facts") == now
    chief.reads_not(chief.say("当时所知的数据", "You see the figures as known on"))
