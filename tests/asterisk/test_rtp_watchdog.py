"""A phone that sends no packets is found by Asterisk's counters and reported once; no call is hung up for it."""

from dataclasses import replace

import pytest
from aiohttp import web

from ari_app.servers.rtp_watchdog import RtpWatchdog
from tests.asterisk.fake import fake_ari, refuses
from warmline.core.model.leg import Leg, Phase, Role
from warmline.core.world.world import World

ALIVE = Leg(id="alive", role=Role.CUSTOMER, owner="CALL", created=1, phase=Phase.UP)
LEGS = (
    ALIVE,
    replace(ALIVE, id="dead"),
    replace(ALIVE, id="held", held=True),
    replace(ALIVE, id="rings", phase=Phase.RINGING),
    replace(ALIVE, id="ear", role=Role.SNOOP),
    replace(ALIVE, id="elsewhere", server="b"),
    replace(ALIVE, id="local"),
)


@pytest.mark.fault(
    "a phone is dead, and its endpoint has no `rtp_timeout`",
    "the other parties do not hear this phone; no call is hung up",
    "nothing; the log and `/metrics` report it within two minutes",
)
async def test_a_phone_that_sends_nothing(caplog: pytest.LogCaptureFixture) -> None:
    world = World()
    for leg in LEGS:
        world.keep(leg)
    sent = {"alive": 100, "dead": 100}

    async def statistics(request: web.Request) -> web.Response:
        return web.json_response({"rxcount": sent[request.path.split("/")[-2]], "txcount": 0})

    async with fake_ari() as (ari, client):
        for name in sent:
            ari.replies[f"GET /channels/{name}/rtp_statistics"] = statistics
        ari.replies["GET /channels/local/rtp_statistics"] = refuses(404, "No RTP")
        phones = RtpWatchdog(client, lambda: world)
        await phones.look()
        assert phones.silent == set()
        for _ in range(2):
            sent["alive"] += 50
            await phones.look()
            assert phones.silent == {"dead"}
        sent.update(alive=1000, dead=101)
        await phones.look()
        assert phones.silent == set()
        asked = {line.split("/")[2] for line in ari.asked if line.endswith("/rtp_statistics")}
        assert asked == {"alive", "dead", "local"} and not [line for line in ari.asked if "DELETE" in line]
    [told] = caplog.records
    assert "leg dead (customer) has sent no packets" in told.getMessage() and told.__dict__["call"] == "CALL"
