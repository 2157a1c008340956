"""Effects that need a real line: whether it hears the bridge before its answer, and the result of its REFER."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from lab import ports
from lab.sip import Behaviour, Hearing, IncomingCall, Parties, SipCall, TrunkPeer, answer, early, tones
from tests.asterisk import private
from tests.asterisk.bench import Bench, bench, fresh_id
from warmline.core.messages import actions as a
from warmline.core.messages import events as e

EARLY = tones.CLOSER  # the line's tone before its answer

PJSIP = """
[udp]
type=transport
protocol=udp
bind=127.0.0.1:{sip}
[trunk]
type=endpoint
context=in
disallow=all
allow=ulaw
aors=trunk
direct_media=no
media_address=127.0.0.1
[trunk]
type=aor
contact=sip:127.0.0.1:{peer}
[trunk]
type=identify
endpoint=trunk
match=127.0.0.1
"""
IN = "[in]\nexten => _X.,1,Stasis(warmline,ingroup,SALES)\n same => n,Hangup()\n"


@pytest.fixture(scope="module")
def line(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[private.Private, ports.Ports]]:
    """An Asterisk with SIP; the far end of its trunk is the last port of its block."""
    own, keeper = ports.reserve()
    last = own.rtp_last - 1
    files = private.FILES | {
        "modules.conf": private.FILES["modules.conf"].replace("noload=chan_pjsip.so\n", ""),
        "rtp.conf": f"[general]\nrtpstart={own.rtp_first}\nrtpend={last - 1}\n",
        "pjsip.conf": PJSIP.format(sip=own.sip, peer=last),
        "extensions.conf": private.FILES["extensions.conf"] + IN,
    }
    folder: Path = tmp_path_factory.mktemp("sip")
    with keeper, private.running(folder, own.http, files) as started:
        yield started, own


@dataclass
class Room:
    """Provide a bridge with a customer, and the trunk's far end."""

    bench: Bench
    customer: SipCall
    peer: TrunkPeer
    id: str

    async def dial(self, number: str, deaf: bool) -> tuple[str, IncomingCall]:
        """Dial a third party, who answers; with `deaf`, as the core does, it hears nothing until the answer."""
        leg, third = await self.begin(number, deaf)
        await self.answered(leg, third, deaf)
        return leg, third

    async def begin(self, number: str, deaf: bool) -> tuple[str, IncomingCall]:
        """Dial a third party into the bridge."""
        leg = fresh_id()
        self.bench.do(a.CreateChannel(leg, f"PJSIP/{number}@trunk", "5551", "CALL"))
        await self.bench.until(e.LegArrived(leg, ("made",), "", "s", "CALL"))
        self.bench.do(*([a.MuteOutbound(leg, True)] if deaf else []), a.AddToBridge(leg, self.id), a.DialLeg(leg, 20))
        return leg, await self.peer.next_call()

    async def answered(self, leg: str, third: IncomingCall, deaf: bool) -> None:
        """Wait for the third party's answer, after which they hear."""
        await self.bench.until(e.LegAnswered(leg))
        if deaf:
            self.bench.do(a.MuteOutbound(leg, False))
        await third.answered()


@asynccontextmanager
async def room(line: tuple[private.Private, ports.Ports]) -> AsyncIterator[Room]:
    asterisk, own = line
    async with bench(asterisk) as one, Parties() as parties:

        def decide(number: str) -> Behaviour:
            return early(EARLY, None) if number.startswith("7") else answer()

        peer = await parties.peer(decide, port=own.rtp_last - 1)
        customer = await (await parties.customer(f"127.0.0.1:{own.sip}")).call("8005550100")
        await one.until_true(lambda: any(isinstance(event, e.LegArrived) for event in one.events), "the customer")
        leg = next(event.leg for event in one.events if isinstance(event, e.LegArrived))
        made = Room(one, customer, peer, f"room-{fresh_id()}")
        one.do(a.AnswerLeg(leg), a.CreateMixingBridge(made.id), a.AddToBridge(leg, made.id))
        await customer.answered()
        await one.until(e.LegJoined(leg, made.id))
        yield made


@pytest.mark.parametrize("deaf", [True, False])
def test_a_deaf_line_does_not_hear_the_room_before_it_answers(
    line: tuple[private.Private, ports.Ports], deaf: bool
) -> None:
    """The control: without Deafen, the third party hears. The bridge hears its early media in both."""

    async def main() -> None:
        async with room(line) as here:
            leg, third = await here.begin("7001", deaf)
            ear = Hearing({"customer": here.customer, "third": third})
            early_at = await ear.heard(here.customer, EARLY, since=third.began)
            await ear.heard(here.customer, EARLY, since=early_at + 0.5)  # Asterisk has continued in this time
            if not deaf:
                await ear.heard(third, here.customer, since=third.began)
            third.answer()
            await here.answered(leg, third, deaf)
            answered_at = await third.answered()
            await ear.heard(third, here.customer, since=answered_at)
            await ear.heard(here.customer, tones.THIRD, since=answered_at)
            if deaf:
                assert ear.silent_of(third, here.customer, third.began, answered_at)

    asyncio.run(main())


def test_a_third_sees_our_number_and_not_the_customers(line: tuple[private.Private, ports.Ports]) -> None:
    async def main() -> None:
        async with room(line) as here:
            _, third = await here.dial("5001", deaf=True)
            assert third.caller.uri.user == "5551"

    asyncio.run(main())


def declined(call: SipCall) -> bool | None:
    return any(b"603" in told.body for told in call.requests) or None


def test_a_refer_is_left_to_us_and_declined(line: tuple[private.Private, ports.Ports]) -> None:
    async def main() -> None:
        async with room(line) as here:
            leg, third = await here.dial("5001", deaf=False)
            assert await third.refer("8005550100") == 202
            await here.bench.until(e.ReferReceived(leg, "8005550100"))
            here.bench.do(a.AnswerRefer(leg, "declined"))
            await third.news.until(lambda: declined(third), 5, "the phone is told 603")
            assert here.bench.events.count(e.ReferReceived(leg, "8005550100")) == 1
            assert e.LegLeft(leg, here.id) not in here.bench.events
            assert third.ended.at is None

    asyncio.run(main())


def accepted(call: SipCall) -> bool | None:
    return any(b"200 OK" in told.body for told in call.requests) or None


def test_a_refer_that_was_carried_out_is_answered_though_the_leg_has_left_the_room(
    line: tuple[private.Private, ports.Ports],
) -> None:
    async def main() -> None:
        async with room(line) as here:
            leg, third = await here.dial("5001", deaf=False)
            assert await third.refer("8005550100") == 202
            await here.bench.until(e.ReferReceived(leg, "8005550100"))
            here.bench.do(a.RemoveFromBridge(leg, here.id), a.PlaySilence(leg, True), a.AnswerRefer(leg, "answered"))
            await third.news.until(lambda: accepted(third), 5, "the phone is told 200")

    asyncio.run(main())
