"""A customer with a voice, who calls the lab from its trunk."""

import asyncio
import contextlib
from collections.abc import Callable
from pathlib import Path

from lab import asterisk, customer_news, process, programs
from lab.description import Lab, of_server
from lab.lab_error import LabError
from lab.sip import CallRefused, Parties, WaitTimeout, tones, wav
from warmline.core.messages.values.server_action import MAIN_SERVER

FRONT = "front"
NAME = "Casey Customer"
SAYS = ("hello", "something-terribly-wrong")  # of Asterisk's sounds
PAUSE = 100  # packets of silence after it: two seconds
ANSWER_WITHIN, TALKS = 60.0, 8 * 3600.0  # seconds

Say = Callable[[str], None]


def call(lab: Lab, did: str, number: str, say: Say, server: str = MAIN_SERVER) -> None:
    """Let a customer call a DID of a server from a number, and speak until a side hangs up or a signal ends it.

    The server `front` is the lab's front, if there is one. `say` is called with a line for each step. Raises LabError.
    """
    if lab.front and server == FRONT:
        sip, server = lab.front, MAIN_SERVER
    else:
        sip = lab.sip if server == MAIN_SERVER else of_server(lab, server)["sip"]
    programs.check_asterisk(Path(lab.dir), server)
    with contextlib.suppress(asyncio.CancelledError):
        asyncio.run(_call(lab, sip, did, number, voice(asterisk.ensure(say).data), say))


async def _call(lab: Lab, sip: str, did: str, number: str, said: list[bytes], say: Say) -> None:
    process.end_on_signals()
    early: list[str] = []  # news that overtake the answer, because they come by another way
    tell = early.append
    async with Parties() as parties, customer_news.followed(lab, did, number, lambda line: tell(line)):
        customer = await parties.customer(sip, number, name=NAME)
        made = await customer.call(did)
        made.audio.sound(said)
        say(f"{NAME} ({number}) calls {did}. Ctrl-C hangs up.")
        try:
            await made.answered(ANSWER_WITHIN)
            say("Warmline has answered. The customer speaks, and waits for a ready agent.")
            tell = say
            for line in early:
                say(line)
            await made.ended(TALKS)
        except (CallRefused, WaitTimeout) as why:
            raise LabError("lab_call_failed", "the call to {did} failed: {why}", did=did, why=why) from None
        except asyncio.CancelledError:
            say("The customer hangs up.")
            raise
    say("The call has ended.")


def voice(sounds: Path) -> list[bytes]:
    """Return what the customer says, as packets of 20 ms. `sounds` is the folder of Asterisk's data."""
    return [*spoken(sounds, *SAYS), *[tones.SILENCE] * PAUSE]


def spoken(data: Path, *names: str, speed: float = 1.0) -> list[bytes]:
    """Return these sounds of Asterisk's data as packets of 20 ms; a lower `speed` is a deeper voice."""
    samples = [sample for name in names for sample in wav.read(data / f"sounds/en/{name}.wav").samples]
    heard = bytes(tones.ulaw(samples[int(n * speed)]) for n in range(int(len(samples) / speed)))
    return [heard[n : n + tones.PACKET] for n in range(0, len(heard) - tones.PACKET, tones.PACKET)]
