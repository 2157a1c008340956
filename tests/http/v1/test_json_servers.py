"""The Asterisk servers over HTTP: their state, and the drain of one of several."""

import json
from typing import Any

from ari_app.live.server_records import ServerReach
from tests.http.json_site import JsonSite
from warmline.core.messages.process_messages import ServerAway, ServersKnown, ServerWeight
from warmline.core.messages.values.server_action import MAIN_SERVER

SINCE = 1_700_000_000_000_000
B = "b"


def several(site: JsonSite) -> None:
    """Let the app know two servers, of which `b` has been away for long."""
    site.driver.feed(ServersKnown((ServerWeight(MAIN_SERVER, 10), ServerWeight(B, 5))))
    site.board.servers = {MAIN_SERVER: ServerReach(connected=True, since=SINCE), B: ServerReach(since=SINCE, lost=True)}


def test_several_servers_are_listed_with_their_load(site: JsonSite) -> None:
    several(site)
    before, other = site.ask("GET", "/servers").body
    site.driver.customer("ingroup", "SALESLINE")
    main, _ = site.ask("GET", "/servers").body
    assert main["calls"] == before["calls"] + 1 and main["legs"] > before["legs"]
    assert (main["name"], main["weight"]) == (MAIN_SERVER, 10)
    assert (other["name"], other["connected"], other["lost"], other["weight"], other["legs"]) == (B, False, True, 5, 0)


def test_a_drain_lasts_until_its_end_is_wanted(site: JsonSite) -> None:
    several(site)
    for _ in range(2):  # a repetition succeeds
        told = site.ask("POST", f"/servers/{B}/drain", {})
        assert (told.status, told.body["kind"], told.body["outcome"]) == (201, "SERVER_DRAIN", "completed")
    _, other = site.ask("GET", "/servers").body
    assert (other["draining"], other["by"]) == (True, told.body["by"]) and other["drain_changed"]
    assert site.ask("POST", f"/servers/{B}/resume", {}).status == 201
    _, other = site.ask("GET", "/servers").body
    assert not other["draining"]


def test_a_drain_of_an_unknown_or_a_single_server_is_refused(site: JsonSite) -> None:
    told = site.ask("POST", f"/servers/{MAIN_SERVER}/drain", {})
    assert told.status == 409 and "main" in told.body["detail"]
    several(site)
    told = site.ask("POST", "/servers/c/drain", {})
    assert told.status == 404 and "there are: b, main" in told.body["detail"]


def test_a_hang_up_on_a_server_that_is_away_is_answered_at_once_in_words(site: JsonSite) -> None:
    site.driver.customer("ingroup", "SALESLINE")
    several(site)
    site.driver.feed(ServerAway(MAIN_SERVER))
    told = site.ask("POST", "/agents/1000/hangup", {})
    assert (told.status, told.body["code"]) == (503, "hang_up_waits") and "server main" in told.body["detail"]
    receipt = site.ask("GET", f"/receipts/{told.body['receipt']}").body
    assert (receipt["kind"], receipt["outcome"]) == ("HANGUP", None)


def test_the_overview_and_the_live_view_have_the_servers_only_if_there_are_several(site: JsonSite) -> None:
    assert site.ask("GET", "/overview").body["servers"] == []
    assert "servers" not in live(site)
    several(site)
    told = site.ask("GET", "/servers").body
    assert site.ask("GET", "/overview").body["servers"] == told
    assert live(site)["servers"] == told


def live(site: JsonSite) -> dict[str, Any]:
    """Return the first message of the live view."""
    text = site.ask("GET", "/live?totals=true&follow=false").body
    [data] = [line for line in str(text).splitlines() if line.startswith("data: ")]
    found: dict[str, Any] = json.loads(data.removeprefix("data: "))
    return found
