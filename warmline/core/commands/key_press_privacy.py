"""Keeps the keys apart that must not be recorded: keys for other parties, and the digits of a number.

A number is recorded as a whole, so that `warmline privacy erase` finds it.
"""

from dataclasses import replace

from warmline.core.commands import phone_keys
from warmline.core.commands.feature_keys import END_KEY, START_KEY
from warmline.core.messages.audio_messages import DtmfReceived
from warmline.core.queue.wait_choices import blank_digit
from warmline.core.world.world import World

MAX_NUMBER_DIGITS = 33  # digits of a number; one that long is refused
MAX_STORED_KEYS = 100  # keys that wait to be passed on, and numbers that are being typed; older ones are forgotten


class PrivateKeys:
    """The keys that only the memory of the app has: keys to pass on by id, and typed digits of a number by leg."""

    def __init__(self) -> None:
        self._keys: dict[str, str] = {}
        self._numbers: dict[str, str] = {}

    def hide_key(self, world: World, event: DtmfReceived, key_id: str) -> DtmfReceived:
        """Return the event as the core gets it. `key_id` is a new id for a key that may be passed on."""
        leg = world.legs.get(event.leg)
        if leg and leg.accept:
            return event if event.digit == leg.accept else DtmfReceived(event.leg)
        session = phone_keys.find_key_session(world, event.leg)
        if session is None:
            return blank_digit(world, event)
        if phone_keys.is_typing_number(session):
            return self._add_number_key(event)
        self._numbers.pop(event.leg, None)  # of a number that was not completed
        if phone_keys.has_meaning(world, session, event.digit):
            return event
        _remember(self._keys, key_id, event.digit)
        return DtmfReceived(event.leg, kept=key_id)

    def _add_number_key(self, event: DtmfReceived) -> DtmfReceived:
        number = self._numbers.pop(event.leg, "")
        if event.digit == END_KEY:
            return replace(event, number=number)
        if event.digit == START_KEY:  # the number is given up
            return event
        if event.digit.isdecimal() and len(number) < MAX_NUMBER_DIGITS:
            number += event.digit
        _remember(self._numbers, event.leg, number)
        return DtmfReceived(event.leg)

    def take(self, key_id: str) -> str:
        """Return a key and forget it; "" if it is not known."""
        return self._keys.pop(key_id, "")


def _remember(memory: dict[str, str], name: str, text: str) -> None:
    memory[name] = text
    while len(memory) > MAX_STORED_KEYS:
        del memory[next(iter(memory))]
