"""The demo's story: a customer reaches an agent, who adds a third party and leaves; the other two keep talking.

All times are seconds of CLOCK_MONOTONIC, except those of records, which are microseconds UTC.
"""

import time
from dataclasses import dataclass
from itertools import permutations

from lab import demo_scene
from lab.sip import Hearing, IncomingCall, SipCall, Span, tones
from warmline.core.model.call_states import AgentState
from warmline.store.calls import call_story

AGENT, DID, CUSTOMER, THIRD = "1000", "8005550100", "493012345678", "4930555123"
OTHER_AGENT, OTHER_DID, OTHER_CUSTOMER = "1001", "8005550101", "493087654321"  # in the other bridge
RINGS = 1.5  # seconds until the third party answers
ANSWER_WITHIN = 7.0  # the demo's dial_timeout is 5
TALK, THREE_WAY, AFTER = 1.0, 1.5, 2.5  # seconds of each measurement
TALK_WITHIN = 5.0  # seconds within which one measurement must be without a break


@dataclass
class DemoLeave:
    """The evidence after a leave: the three calls, the tones heard in both bridges, the times."""

    agent: SipCall
    customer: SipCall
    third: SipCall
    ear: Hearing
    beside: Hearing
    before: Span
    answer: demo_scene.DemoAnswer
    after: Span


async def open_room_beside(scene: demo_scene.DemoScene) -> Hearing:
    """Let another customer talk to another agent throughout: what these two lose is caused by the machine."""
    with scene.checklist.claim("another customer and another agent talk, for comparison"):
        agent = await demo_scene.log_in(scene, OTHER_AGENT, tones.CONTROL_A)
        trunk = await scene.parties.customer(scene.lab.sip, OTHER_CUSTOMER, tones.CONTROL_B)
        customer = await trunk.call(OTHER_DID)
        ear = Hearing({"customer": customer, "agent": agent})
        for one, other in permutations((customer, agent)):
            await ear.heard(one, other, customer.began)
        return ear


async def log_in(scene: demo_scene.DemoScene) -> SipCall:
    """Let the agent's phone dial the login extension."""
    with scene.checklist.claim(f"agent {AGENT} logs in from a SIP phone and is READY"):
        return await demo_scene.log_in(scene, AGENT, tones.AGENT)


async def call_in(scene: demo_scene.DemoScene, agent: SipCall) -> SipCall:
    """Let the customer dial the DID and reach the agent."""
    with scene.checklist.claim(f"a customer dials {DID}; customer and agent hear each other") as claim:
        trunk = await scene.parties.customer(scene.lab.sip, CUSTOMER)
        customer = await trunk.call(DID)
        await customer.answered()
        ear = Hearing({"customer": customer, "agent": agent})
        pairs = [(customer, agent), (agent, customer)]
        heard = max([await ear.heard(one, other, customer.began) for one, other in pairs])
        claim.holds = await talk(ear, pairs)
        stasis, invite = heard - _arrival(scene), heard - customer.began
        claim.measured = f"{stasis * 1000:.0f} ms after entering Stasis, {invite * 1000:.0f} ms after INVITE"
        return customer


async def talk(ear: Hearing, pairs: list[tuple[SipCall, SipCall]]) -> bool:
    """Return whether these hear each other without a break; after a suspended machine, retry."""
    limit = time.monotonic() + TALK_WITHIN
    while time.monotonic() < limit:
        talk = await ear.listen(TALK)
        if all(ear.hears(one, other, *talk) for one, other in pairs):
            return True
    return False


def _arrival(scene: demo_scene.DemoScene) -> float:
    """Return the recorded time when the newest call entered Stasis."""
    call = call_story.story(scene.lab.db, "last").call
    assert call
    return float(call["arrived"]) / 1e6 - time.time() + time.monotonic()


async def bring_in(scene: demo_scene.DemoScene, agent: SipCall, customer: SipCall, number: str = THIRD) -> IncomingCall:
    """Let the agent dial the third party, whose phone rings and answers."""
    with scene.checklist.claim(f"the agent's DIAL_WITH_CUSTOMER to {number} reaches the third party") as claim:
        answer = await demo_scene.ask(
            scene.lab, AGENT, "transfer_conference", value="DIAL_WITH_CUSTOMER", phone_number=number
        )
        claim.holds, claim.measured = answer.succeeded, answer.said
        third = await scene.peer.next_call()
    with scene.checklist.claim("while the third party's phone rings, customer and agent hear ring tone"):
        both = Hearing({"customer": customer, "agent": agent})
        for listener in (customer, agent):
            await both.heard(listener, tones.RINGING, answer.asked)
    with scene.checklist.claim("the third party answers"):
        await third.answered(ANSWER_WITHIN)
    return third


async def leave(
    scene: demo_scene.DemoScene, agent: SipCall, customer: SipCall, third: SipCall, beside: Hearing
) -> DemoLeave:
    """Let all three talk, then let the agent leave; the other two keep talking."""
    ear = Hearing({"customer": customer, "third": third, "agent": agent})
    with scene.checklist.claim("all three hear each other"):
        for one, other in permutations((agent, customer, third), 2):
            await ear.heard(one, other, third.began)
        before = await ear.listen(THREE_WAY)
    with scene.checklist.claim("the agent's LEAVE_3WAY_CALL is answered with SUCCESS") as claim:
        answer = await demo_scene.ask(scene.lab, AGENT, "transfer_conference", value="LEAVE_3WAY_CALL")
        claim.holds, claim.measured = answer.succeeded, answer.said
        after = await ear.listen(AFTER, since=answer.told)
        await beside.listen(AFTER, since=answer.told)
    return DemoLeave(agent, customer, third, ear, beside, before, answer, after)


async def wrap_up(scene: demo_scene.DemoScene) -> None:
    """Let the agent give a disposition after the leave."""
    with scene.checklist.claim("the agent is in DISPO, gives SALE by external_status and is READY") as claim:
        await demo_scene.until_state(scene, AGENT, AgentState.DISPO)
        answer = await demo_scene.ask(scene.lab, AGENT, "external_status", value="SALE")
        claim.measured = answer.said
        await demo_scene.until_state(scene, AGENT, AgentState.READY)


async def finish(scene: demo_scene.DemoScene, left: DemoLeave) -> call_story.CallStory:
    """Let the agent give a disposition, and the customer hang up; return the records of the ended call."""
    await wrap_up(scene)
    with scene.checklist.claim("the customer hangs up; the third party is hung up, and the call has ended") as claim:
        await left.beside.parties["customer"].hang_up()
        await left.customer.hang_up()
        await left.third.ended()
        story = await demo_scene.until(lambda: ended_story(scene), 5, "the call's records are not complete")
        claim.holds = bool(story.call and story.call["ended_by"] == "customer")
        return story


def ended_story(scene: demo_scene.DemoScene) -> call_story.CallStory | None:
    """Return the newest call's records, once it has ended and its files are measured."""
    story = call_story.story(scene.lab.db, "last")
    over = story.call and story.call["ended"] and all(row["status"] != "running" for row in story.recordings)
    return story if over else None
