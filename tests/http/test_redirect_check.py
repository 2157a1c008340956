"""A redirect goes by the do-not-call list and the day's limit before it is followed; its leg's end waits for that."""

import asyncio
from pathlib import Path

import pytest

from ari_app.calls import dial_permission
from ari_app.calls.redirect_check import RedirectCheck
from ari_app.calls.refer_check import UNKNOWN
from tests.http.json_site import JsonSite
from tests.http.v1.test_json_dial import configure
from warmline.core.model.events import Event, LegDestroyed, LegRedirected, LegRinging
from warmline.store.leads import dnc

AWAY = "4930"


def posted(site: JsonSite, *events: Event, db: Path | None = None) -> list[Event]:
    """What the switchboard gets of these, in order, and what is posted at once."""

    async def tell() -> list[Event]:
        later: list[Event] = []
        redirects = RedirectCheck(str(db or site.database), lambda: site.driver.world, later.append)
        at_once = [event for event in events if not redirects.heard(event)]
        while redirects._judging:
            await asyncio.wait(redirects._judging.values())
            await asyncio.sleep(0)
        return at_once + later

    return asyncio.run(tell())


def ringing(site: JsonSite, **options: str) -> str:
    """Agent 1000 has dialled a customer, who rings; the customer's leg."""
    configure(site, **options)
    site.driver.asterisk.far_ends["5559999"] = [(0.1, "ringing")]
    assert site.ask("POST", "/agents/1000/dial", {"number": "5559999"}).status == 201
    return str(site.driver.call().customer)


def test_the_end_of_the_leg_comes_when_the_number_is_judged(site: JsonSite) -> None:
    leg = ringing(site, follow_redirects="1")
    dnc.add(site.database, "5551234", who="test")
    said = (LegRedirected(leg, "5551234"), LegRedirected(leg, "5551234"), LegRinging("other"), LegDestroyed(leg, 23))
    judged = LegRedirected(leg, "5551234", "5551234 is on the system's do-not-call list")
    assert posted(site, *said) == [LegRinging("other"), judged, LegDestroyed(leg, 23)]


def test_nothing_is_looked_up_where_redirects_are_off(site: JsonSite, tmp_path: Path) -> None:
    said = (LegRedirected(ringing(site), "5551234"), LegRedirected("nobody's", "8500"))
    assert posted(site, *said, db=tmp_path / "missing.db") == list(said)


def test_a_list_that_cannot_be_read_is_no_leave_to_follow(site: JsonSite, tmp_path: Path) -> None:
    leg = ringing(site, follow_redirects="1")
    assert posted(site, LegRedirected(leg, AWAY), db=tmp_path / "missing.db") == [LegRedirected(leg, AWAY, UNKNOWN)]


def test_each_redirect_counts_against_the_days_limit(site: JsonSite, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dial_permission, "midnight", lambda now, zone: 0)
    leg = ringing(site, follow_redirects="3", daily_limit_manual="2")
    site.driver.asterisk.far_ends[AWAY] = [(0.1, "ringing")]
    assert posted(site, LegRedirected(leg, AWAY)) == [LegRedirected(leg, AWAY)]
    site.driver.feed(LegRedirected(leg, AWAY))
    site.driver.hang_up(leg, 23)
    second = str(site.driver.call().customer)
    assert second != leg
    [judged] = posted(site, LegRedirected(second, "4931"))
    over = "2 parties have been dialled or looked at today already: daily_limit_manual"
    assert judged == LegRedirected(second, "4931", over)
