"""Whoever is sent nothing when his room is mixed again is found by what Asterisk counts; nobody else is looked at."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from aiohttp import web

from tests.asterisk.fake import FakeAri, fake_ari, refuses
from tests.pure.stage import CUSTOMER, PHONE, lab_with, set_up
from tests.worlds.core_driver import Driver
from warmline.ari_app import sent_nothing
from warmline.ari_app.sent_nothing import SentNothing
from warmline.core.commands import Kind
from warmline.core.events import BridgeGone, Event, LegJoined, LegLeft, LegSentNothing, RecordingStarted
from warmline.core.recording import Recording, Track


class Centre:
    """A call in a room, what Asterisk counts of who is there, and what was found."""

    def __init__(self, lab: Driver, ari: FakeAri, watch: SentNothing, found: asyncio.Queue[object]) -> None:
        self.lab, self.ari, self.watch, self.found = lab, ari, watch, found
        self.room = lab.call().room_id
        self.cut_off: set[str] = set()
        self._sent = 0

    async def statistics(self, request: web.Request) -> web.Response:
        name = request.path.split("/")[-2]
        self._sent += 1
        return web.json_response({"txcount": 7 if name in self.cut_off else self._sent})

    @property
    def looks(self) -> int:
        return sum(line.endswith("/rtp_statistics") for line in self.ari.asked)

    async def considered(self) -> None:
        """The room is, and whatever is looked at then has been."""
        if looking := self.watch.consider(self.room):
            await looking


@pytest.fixture(autouse=True)
def _quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sent_nothing, "FOR", 0.01)


@asynccontextmanager
async def centre() -> AsyncIterator[Centre]:
    lab = set_up(lab_with(), "three_way")
    found: asyncio.Queue[object] = asyncio.Queue()
    async with fake_ari() as (ari, client):
        made = Centre(lab, ari, SentNothing(client, lambda: lab.world, found.put_nowait), found)
        for leg in lab.world.legs:
            ari.replies[f"GET /channels/{leg}/rtp_statistics"] = made.statistics
        yield made


async def mixed_again(here: Centre) -> None:
    """The third is parked and fetched back."""
    await here.considered()
    assert here.lab.ask(Kind.PARK_XFER) == ""
    await here.considered()
    assert here.looks == 0
    assert here.lab.ask(Kind.GRAB_XFER) == ""
    await here.considered()


@pytest.mark.fault(
    "Debian's Asterisk sends somebody nothing any more, when his room is mixed for the second time",
    "he hears nobody for half a second",
    "he is sent nothing and comes in anew",
)
async def test_who_is_sent_nothing_is_told_of() -> None:
    async with centre() as here:
        here.cut_off = {PHONE}
        await mixed_again(here)
        assert here.found.get_nowait() == LegSentNothing(PHONE, here.room) and here.found.empty()


async def test_he_is_told_of_once() -> None:
    """Who is kept from hearing by something else would come in anew for ever."""
    async with centre() as here:
        here.cut_off = {PHONE}
        await mixed_again(here)
        before = here.looks
        assert here.lab.ask(Kind.PARK_XFER) == ""
        await here.considered()
        assert here.lab.ask(Kind.GRAB_XFER) == ""
        await here.considered()
        assert here.looks == before + 6 and here.found.qsize() == 1


async def test_nothing_is_told_of_whom_all_is_well_with() -> None:
    async with centre() as here:
        await mixed_again(here)
        assert here.looks == 6 and here.found.empty()


async def test_an_asterisk_that_stands_still_is_looked_at_again() -> None:
    async with centre() as here:
        here.cut_off = {PHONE, CUSTOMER, here.lab.third()}
        await mixed_again(here)
        assert here.looks == 6 * sent_nothing.LOOKS and here.found.empty()


async def test_who_is_held_or_counted_by_nobody_is_no_reason() -> None:
    async with centre() as here:
        here.cut_off = {PHONE, CUSTOMER}
        here.lab.world.keep(replace(here.lab.world.legs[PHONE], held=True))
        here.ari.replies[f"GET /channels/{CUSTOMER}/rtp_statistics"] = refuses(404, "No RTP")
        await mixed_again(here)
        assert here.found.empty()


async def test_a_room_that_is_mixed_for_the_first_time_or_all_the_while_is_not_looked_at() -> None:
    async with centre() as here:
        for _ in range(2):
            await here.considered()
        assert here.lab.ask(Kind.RECORD_START) == ""
        await here.considered()
        assert here.lab.ask(Kind.PARK_XFER) == ""
        await here.considered()
        assert here.lab.ask(Kind.GRAB_XFER) == ""
        await here.considered()
        assert here.looks == 0


async def test_a_room_that_is_gone_is_forgotten() -> None:
    async with centre() as here:
        await here.considered()
        assert here.lab.ask(Kind.PARK_XFER) == ""
        await here.considered()
        here.watch.heard(BridgeGone(here.room))
        assert here.lab.ask(Kind.GRAB_XFER) == ""
        await here.considered()
        here.lab.hang_up(CUSTOMER)
        here.lab.hang_up(here.lab.third())
        await here.considered()
        assert here.looks == 0


@pytest.mark.parametrize("event", [LegJoined("x", "room-C"), LegLeft("x", "room-C"), RecordingStarted("F")])
async def test_it_is_considered_once_the_core_knows_and_mixing_has_begun(
    monkeypatch: pytest.MonkeyPatch, event: Event
) -> None:
    monkeypatch.setattr(sent_nothing, "SETTLED", 0.0)
    async with centre() as here:
        here.lab.world.recordings["F"] = Recording(id="F", call="C", kind=Track.CALL, reason="", agent="", asked=1)
        considered = asyncio.get_running_loop().create_future()
        monkeypatch.setattr(here.watch, "consider", considered.set_result)
        here.watch.heard(LegJoined("x", "spot-C-c"))
        here.watch.heard(event)
        assert not considered.done()
        assert await asyncio.wait_for(considered, 5) == "room-C"
