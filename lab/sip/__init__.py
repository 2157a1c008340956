"""Parties on real SIP and RTP: phones, customers and the far end of a trunk, and the proof of who hears whom.

Each party plays its own tone; what the others get is decided from the packets that arrive at their ports. One
call through a lab, from the first ring to the proof::

    import asyncio
    from lab.sip import Hearing, Parties, answer, busy

    async def main(lab):                                   # lab: what `warmline lab up --json` printed
        async with Parties() as parties:
            # before `lab up --trunk`: peer = await parties.peer({"4930555": busy()}.get); peer.trunk is HOST:PORT
            phone = lab["phones"]["1000"]
            agent = await parties.phone(phone["user"], phone["password"], sip=lab["sip"])
            seat = await agent.call(phone["login"])
            await seat.answered()

            someone = await parties.customer(lab["sip"], number="493012345678")
            customer = await someone.call("8005550100")
            answered_at = await customer.answered()

            ear = Hearing({"customer": customer, "agent": seat})
            await ear.heard(customer, seat, since=answered_at)         # the first packet, within 5 s
            since, until = await ear.listen(1.0)
            assert ear.hears(customer, seat, since, until) and ear.hears(seat, customer, since, until)

            await customer.hang_up()
            since, until = await ear.listen(1.0)
            assert ear.silent_of(seat, customer, since, until)

To wait for a call's moment (`ringing`, `early`, `answered`, `ended`), call it; each wait has a time limit.
A moment that does not come raises `WaitTimeout` or `CallRefused` with the call's story.
Times are seconds of CLOCK_MONOTONIC.
"""

from lab.sip.hearing import Hearing, HearingRow, PacketLoss, Skip, Span, table
from lab.sip.incoming import (
    Behaviour,
    IncomingCall,
    answer,
    busy,
    dead,
    early,
    hang_up,
    later,
    machine,
    redirect,
    refuse,
    ring,
    says,
)
from lab.sip.outgoing import OutgoingCall
from lab.sip.parties import Parties
from lab.sip.sip_call import CallRefused, SipCall
from lab.sip.user_agents import SipPhone, TrunkCustomer, TrunkPeer, UserAgent
from lab.sip.waiting import WaitTimeout

__all__ = [
    "Behaviour",
    "CallRefused",
    "Hearing",
    "HearingRow",
    "IncomingCall",
    "OutgoingCall",
    "PacketLoss",
    "Parties",
    "SipCall",
    "SipPhone",
    "Skip",
    "Span",
    "TrunkCustomer",
    "TrunkPeer",
    "UserAgent",
    "WaitTimeout",
    "answer",
    "busy",
    "dead",
    "early",
    "hang_up",
    "later",
    "machine",
    "redirect",
    "refuse",
    "ring",
    "says",
    "table",
]
