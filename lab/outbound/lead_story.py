"""The story of one lead, by the packets of its phone, beside the record of the attempt.

Times of phones are seconds of CLOCK_MONOTONIC, and those of records microseconds UTC. Only lengths are compared.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from lab.sip import Hearing, IncomingCall, SipCall, silence, tones
from warmline.store.database.reading import Row, reading, rows

ATTEMPTS = """
    SELECT attempt.*, call.number, call.status, call.ended_by, call.ended
    FROM attempt JOIN call ON call.id = attempt.call
    WHERE attempt.campaign = :campaign ORDER BY call.arrived, call.id
"""
RING_DIFFERS = 0.1  # seconds by which the record's ring time may differ from the phone's
IN_TIME = 2.2  # seconds from the answer: 47 CFR 64.1200(a)(7), and the time until the message plays
RINGS = 15.0  # seconds: 47 CFR 64.1200(a)(6)


class ExpectedEnd(NamedTuple):
    """The end of a call, as its record must have it."""

    status: str
    ended_by: str
    cause: int | None


@dataclass(frozen=True)
class LeadStory:
    """A lead's call at its phone, the agents whom it heard, and the record. All lengths are in seconds.

    `sound_after`, `silent_for` and `connected_after` are of an answered call: until its first sound, the longest time
    without any, and until lead and agent heard each other.
    """

    call: IncomingCall
    row: Row
    heard: tuple[str, ...] = ()
    heard_by: tuple[str, ...] = ()
    beeps: bool = False
    sound_after: float | None = None
    silent_for: float | None = None
    connected_after: float | None = None

    @property
    def answered(self) -> bool:
        """Return whether the phone answered."""
        return self.call.answered.at is not None

    @property
    def rang(self) -> float | None:
        """Return how long the phone rang, or None."""
        if self.call.ringing.at is None:
            return None
        return (self.call.answered.at or self.call.ended.at or self.call.ringing.at) - self.call.ringing.at

    @property
    def rang_on_record(self) -> float | None:
        """Return how long the phone rang by the record, or None."""
        if self.row["ringing"] is None:
            return None
        return float((self.row["answered"] or self.row["ended"]) - self.row["ringing"]) / 1e6

    def differences(self, expected: ExpectedEnd) -> list[str]:
        """Return where the record differs from what the phone's party did and heard."""
        heard = "".join(self.heard)
        facts: list[tuple[str, object, object]] = [
            ("status", expected.status, self.row["status"]),
            ("ended_by", expected.ended_by, self.row["ended_by"]),
            ("cause", expected.cause, self.row["cause"] if not self.answered else None),
            ("answered", self.answered, self.row["answered"] is not None),
            ("agent", heard, self.row["agent"]),
            ("dropped", self.answered and not heard, self.row["dropped"] is not None),
        ]
        found = [f"{name} {told!r} on record, and not {lived!r}" for name, lived, told in facts if lived != told]
        rang, told = self.rang, self.rang_on_record
        if (rang is None) != (told is None) or abs((rang or 0) - (told or 0)) > RING_DIFFERS:
            found.append(f"ringing {told} s on record, and not {rang} s")
        return [f"{self.call.number}: {one}" for one in found]


def read(db: str | Path, campaign: str, calls: Iterable[IncomingCall], seats: Mapping[str, SipCall]) -> list[LeadStory]:
    """Return the story of each call whose attempt is on record. `seats` has the lines of the agents, by agent."""
    with reading(db) as connection:
        attempts = {row["number"]: row for row in rows(connection, ATTEMPTS, campaign=campaign)}
    return [_story(call, attempts[call.number], seats) for call in calls if call.number in attempts]


def _story(call: IncomingCall, row: Row, seats: Mapping[str, SipCall]) -> LeadStory:
    answered, ended = call.answered.at, call.ended.at
    if answered is None:
        return LeadStory(call, row)
    ended = call.audio.captured_until if ended is None else ended
    ear = Hearing({**seats, "lead": call})
    heard = {user: ear.first(call, seat, answered) for user, seat in seats.items()}
    heard_by = {user: ear.first(seat, call, answered) for user, seat in seats.items()}
    both = [max(at, back) for user, at in heard.items() if at and (back := heard_by[user])]
    packets = call.audio.between(answered, ended)
    first = silence.first_sound(packets)
    return LeadStory(
        call,
        row,
        heard=tuple(user for user, at in heard.items() if at),
        heard_by=tuple(user for user, at in heard_by.items() if at),
        beeps=ear.first(call, tones.BEEP, answered) is not None,
        sound_after=None if first is None else first - answered,
        silent_for=silence.longest_silence(packets, answered, ended),
        connected_after=min(both) - answered if both else None,
    )
