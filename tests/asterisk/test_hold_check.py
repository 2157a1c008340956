"""A hold that began while the app was not connected is detected, and reported only while it lasts."""

from aiohttp import web

from ari_app.asterisk import hold_state
from ari_app.servers.hold_check import HoldCheck
from tests.asterisk.fake import fake_ari, refuses, says
from warmline.core.messages.events import Event
from warmline.core.messages.leg_messages import LegHoldChanged
from warmline.core.model.leg import Leg, Phase, Role
from warmline.core.replace import replace
from warmline.core.world.world import World

TALKS = Leg(id="talks", role=Role.CUSTOMER, owner="CALL", created=1, phase=Phase.UP)
LEGS = (
    TALKS,
    replace(TALKS, id="holds"),
    replace(TALKS, id="takes-back"),
    replace(TALKS, id="local"),
    replace(TALKS, id="known", held=True),
    replace(TALKS, id="rings", phase=Phase.RINGING),
    replace(TALKS, id="elsewhere", server="b"),
)


async def test_every_answered_leg_is_asked_and_only_holds_are_reported() -> None:
    world, told = World(), list[Event]()
    for leg in LEGS:
        world.keep(leg)
    answers = iter(("1", "0"))

    async def takes_back(_: web.Request) -> web.Response:
        return web.json_response({"value": next(answers)})

    async with fake_ari() as (ari, client):
        ari.replies["GET /channels/talks/variable"] = says({"value": "0"})
        ari.replies["GET /channels/holds/variable"] = says({"value": "1"})
        ari.replies["GET /channels/takes-back/variable"] = takes_back
        ari.replies["GET /channels/local/variable"] = refuses(404, "Provided variable was not found")
        lines = HoldCheck(client, lambda: world, told.append)
        lines.look()
        await ari.until_asked("GET /channels/local/variable", 1)
        lines.close()
        assert {line.split("/")[2] for line in ari.asked} == {"talks", "holds", "takes-back", "local"}
    assert told == [
        LegHoldChanged("holds", on=True),
        LegHoldChanged("takes-back", on=True),
        LegHoldChanged("takes-back", on=False),
    ]


async def test_an_unreadable_hold_state_is_no_hold() -> None:
    async with fake_ari() as (ari, client):
        ari.replies["GET /channels/L/variable"] = says(["?"])
        assert not await hold_state.holds(client, "L")
