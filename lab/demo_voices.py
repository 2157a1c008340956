"""The transfer with voices, and a stereo file of what two phones heard, for a person's ears.

Right is what the customer hears. Left is what the party at the other end hears: the agent, and from the answer on the
third party. So the customer is left and the third party is right. Of all three, only the agent is ever on both sides.
"""

import asyncio
import time
import wave
from array import array
from collections.abc import Iterable
from pathlib import Path

from lab import asterisk, customer, demo_scene, demo_story
from lab.sip import SipCall, WaitTimeout, tones
from lab.sip.rtp_stream import Packet
from lab.sip.sdp import PCMU
from warmline.core.model.call_states import AgentState

# All sounds of Asterisk are one person's; at another speed they are other persons.
CUSTOMER, AGENT, THIRD = 1.0, 0.8, 1.2
PAUSE = 0.2  # seconds after what somebody says
LATE = 3 * tones.PACKET  # samples by which a packet may be late without a gap in the file


async def speak(scene: demo_scene.DemoScene, agent: SipCall, file: Path) -> None:
    """Let the agent, who is READY, take another customer's call and hand it over, with voices; write the file."""
    with scene.checklist.claim("the same transfer with voices, in a file for your ears") as claim:
        agent.tone(0)
        trunk = await scene.parties.customer(scene.lab.sip, demo_story.CUSTOMER, tone=0)
        caller = await trunk.call(demo_story.DID)
        await demo_scene.until_state(scene, demo_story.AGENT, AgentState.INCALL)
        began = time.monotonic()
        await _say(agent, AGENT, "hello")
        await _say(caller, CUSTOMER, "something-terribly-wrong")
        await _say(agent, AGENT, "transfer")
        await _ask(scene, value="DIAL_WITH_CUSTOMER", phone_number=demo_story.THIRD)
        third = await scene.peer.next_call()
        third.tone(0)
        joined = await third.answered(demo_story.ANSWER_WITHIN)
        await _say(third, THIRD, "hello")
        await _say(caller, CUSTOMER, "something-terribly-wrong")
        await _say(agent, AGENT, "goodbye")
        left = await _ask(scene, value="LEAVE_3WAY_CALL")
        await _say(third, THIRD, "tt-weasels")
        await _say(caller, CUSTOMER, "im-sorry")
        await _say(third, THIRD, "goodbye")
        ended = time.monotonic()
        await demo_scene.ask(scene.lab, demo_story.AGENT, "external_status", value="SALE")
        await caller.hang_up()
        await third.ended()
        await demo_scene.until(lambda: demo_story.ended_story(scene), 5, "the call's records are not complete")
        other = agent.audio.between(began, joined) + third.audio.between(joined, ended)
        _write(file, began, ended, other, caller.audio.between(began, ended))
        claim.measured = f"{file}: {ended - began:.0f} s, the agent leaves at {left - began:.1f} s"


async def _say(call: SipCall, speed: float, name: str) -> None:
    """Let a party say one of Asterisk's sounds, and be silent again."""
    program = asterisk.find()
    assert program, "the lab runs"
    said = customer.spoken(program.data, name, speed=speed)
    call.audio.sound([*said, *[tones.SILENCE] * 50])
    await asyncio.sleep(len(said) * tones.PACKET_SECONDS + PAUSE)
    call.tone(0)


async def _ask(scene: demo_scene.DemoScene, **parameters: str) -> float:
    """Send a command about the agent's call; return the time of its answer. Raises WaitTimeout if it is refused."""
    answer = await demo_scene.ask(scene.lab, demo_story.AGENT, "transfer_conference", **parameters)
    if not answer.succeeded:
        raise WaitTimeout(answer.said)
    return answer.told


def _write(file: Path, began: float, ended: float, left: Iterable[Packet], right: Iterable[Packet]) -> None:
    both = array("h", bytes(4 * round((ended - began) * tones.RATE)))
    both[0::2], both[1::2] = _samples(left, began, len(both) // 2), _samples(right, began, len(both) // 2)
    with wave.open(str(file), "wb") as output:
        output.setnchannels(2)
        output.setsampwidth(2)
        output.setframerate(tones.RATE)
        output.writeframes(both)


def _samples(packets: Iterable[Packet], began: float, length: int) -> "array[int]":
    """Return the sound of packets, each after the one before it; where none came, silence."""
    samples = array("h")
    for packet in packets:
        if packet.payload_type == PCMU:
            late = int((packet.time - began) * tones.RATE) - len(samples)
            if late > LATE:
                samples.extend([0] * late)
            samples.extend(tones.LINEAR[byte] for byte in packet.payload)
    samples.extend([0] * max(0, length - len(samples)))
    return samples[:length]
