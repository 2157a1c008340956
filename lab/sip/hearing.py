"""Decides who hears whom from the sound that each party got: every 20 ms packet is searched for every tone.

All times are seconds of CLOCK_MONOTONIC. A speaker is a party's call, which the tone that it plays identifies. For a
sound of no party, such as `tones.MUSIC`, the speaker is a number of Hz.
"""

import math
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import pairwise
from typing import NamedTuple

from rich.table import Table

from lab.sip import tones
from lab.sip.rtp_stream import Packet
from lab.sip.sdp import PCMU
from lab.sip.sip_call import SipCall

HEARD = 0.8  # the share of the packets due that must carry a tone for "hears"
SOUNDS = {"music": tones.MUSIC, "ring tone": tones.RINGING}
Speaker = SipCall | int


class Span(NamedTuple):
    """A period that was listened to."""

    since: float
    until: float


class HearingRow(NamedTuple):
    """One row of the hearing table: its start, and the parties that each listener heard for most of the step."""

    since: float
    heard: dict[str, list[str]]


class PacketLoss(NamedTuple):
    """Packets missing between the first and the last that carried a tone.

    `sequence`: sent by the server, never arrived (gaps in the sequence numbers).
    `tone`: 20 ms without a packet that carries the tone, for whatever reason.
    """

    sequence: int
    tone: int


class Skip(NamedTuple):
    """Packets that were spoken and never heard; `time` is the arrival of the next packet."""

    time: float
    packets: int


class Hearing:
    """The hearing of some parties: `Hearing({"customer": call, "agent": other_call})`.

    `sounds` are further tones that the table names if a party hears them. Every method about a period raises ValueError
    if the period is empty or was not listened to until its end: `await listen()` first.
    """

    def __init__(self, parties: Mapping[str, SipCall], sounds: Mapping[str, int] = SOUNDS) -> None:
        self.parties, self.sounds = dict(parties), dict(sounds)
        _all_different(self.parties)

    async def listen(self, seconds: float, since: float | None = None) -> Span:
        """Listen for this long from now (or from `since`); return when every packet of that period has arrived."""
        start = time.monotonic() if since is None else since
        until = start + seconds

        def captured() -> bool | None:
            return all(call.audio.captured_until >= until for call in self.parties.values()) or None

        for call in self.parties.values():
            late = max(0.0, until - time.monotonic()) + 5
            await call.audio.until(captured, late, f"{call}: {seconds:g} s of sound are not there")
        return Span(start, until)

    def share(self, listener: SipCall, speaker: Speaker, since: float, until: float) -> float:
        """Return the share of the 20 ms packets due in a time that carried the speaker's tone: 0 to about 1."""
        heard = sum(1 for _ in self.carrying(listener, speaker, since, until))
        return heard * tones.PACKET_SECONDS / (until - since)

    def hears(self, listener: SipCall, speaker: Speaker, since: float, until: float) -> bool:
        """Return whether the speaker was heard throughout the period (in four of five packets)."""
        return self.share(listener, speaker, since, until) >= HEARD

    def silent_of(self, listener: SipCall, speaker: Speaker, since: float, until: float) -> bool:
        """Return whether no packet of the period carried the speaker's tone."""
        return self.share(listener, speaker, since, until) == 0

    def carrying(self, listener: SipCall, speaker: Speaker, since: float, until: float) -> Iterator[Packet]:
        """Yield the listener's packets of a period that carry the speaker's tone, in order of arrival."""
        _listened(listener, since, until)
        return (packet for packet in listener.audio.between(since, until) if _carries(packet, speaker))

    def first(self, listener: SipCall, speaker: Speaker, since: float) -> float | None:
        """Return when the first packet with the speaker's tone came, at or after `since`."""
        packets = listener.audio.between(since, float("inf"))
        return next((packet.time for packet in packets if _carries(packet, speaker)), None)

    def last(self, listener: SipCall, speaker: Speaker, since: float = 0.0) -> float | None:
        """Return when the last packet with the speaker's tone came, at or after `since`."""
        packets = reversed(listener.audio.between(since, float("inf")))
        return next((packet.time for packet in packets if _carries(packet, speaker)), None)

    async def heard(self, listener: SipCall, speaker: Speaker, since: float, within: float = 5.0) -> float:
        """Wait for the first packet with the speaker's tone at or after `since`; return its time.

        Raises WaitTimeout.
        """
        missed = f"{listener}: {self.name(speaker)} not heard"
        return await _came(listener, since, within, lambda packet: _carries(packet, speaker), missed)

    async def ceased(self, listener: SipCall, speaker: Speaker, since: float, within: float = 0.5) -> float:
        """Wait for the first packet without the speaker's tone at or after `since`; return its time.

        A packet that was under way when the speaker was muted comes before it. Raises WaitTimeout.
        """
        missed = f"{listener}: {self.name(speaker)} still heard"
        return await _came(listener, since, within, lambda packet: not _carries(packet, speaker), missed)

    def spacing(self, listener: SipCall, speaker: Speaker, since: float, until: float) -> float:
        """Return the largest time between two packets with the speaker's tone in ms; inf for fewer than two."""
        times = [packet.time for packet in self.carrying(listener, speaker, since, until)]
        gaps = [after - before for before, after in pairwise(times)]
        return max(gaps) * 1000 if gaps else float("inf")

    def lost(self, listener: SipCall, speaker: Speaker, since: float, until: float) -> PacketLoss:
        """Count the missing packets between the first and last one with the speaker's tone.

        Without any such packet, all are missing.
        """
        carrying = list(self.carrying(listener, speaker, since, until))
        if not carrying:
            return PacketLoss(0, round((until - since) / tones.PACKET_SECONDS))
        first, last = carrying[0].time, carrying[-1].time
        received = [packet for packet in listener.audio.between(first, until) if packet.time <= last]
        return PacketLoss(sequence_gaps(received), _slots_missing([packet.time for packet in carrying]))

    def unheard(self, listener: SipCall, speaker: SipCall, since: float, until: float) -> int:
        """Count the packets of a speaker with a turning tone that the listener never got; see `skips`."""
        return sum(skip.packets for skip in self.skips(listener, speaker, since, until))

    def skips(self, listener: SipCall, speaker: SipCall, since: float, until: float) -> Iterator[Skip]:
        """Yield each place where packets of the speaker, whose tone is a turning one, are missing.

        A place with packets without the tone does not count, because a mixer sends a packet of silence before a late
        packet. Only the time between the first and the last packet with the tone is checked.
        """
        hz = speaker.audio.hz
        said = [
            (packet.time, tones.turn(packet.payload, hz)) for packet in self.carrying(listener, speaker, since, until)
        ]
        for before, after in pairwise(said):
            if packets := _skipped(*before, *after):
                yield Skip(after[0], packets)

    def levels(self, listener: SipCall, since: float, until: float) -> dict[str, float]:
        """Return the mean amplitude of each party's tone and each sound in what the listener got."""
        _listened(listener, since, until)
        packets = [packet for packet in listener.audio.between(since, until) if packet.payload_type == PCMU]
        return {
            name: sum(_level(packet, speaker) for packet in packets) / max(1, len(packets))
            for name, speaker in (self.parties | self.sounds).items()
        }

    def arrived(self, listener: SipCall, since: float, until: float) -> str:
        """Return in words how many packets the listener got in a period, and of which streams.

        A party without packets is not the same fault as a party with packets of silence.
        """
        _listened(listener, since, until)
        streams = Counter((packet.payload_type, packet.ssrc) for packet in listener.audio.between(since, until))
        if streams:
            return ", ".join(f"{n} packets of type {kind}, SSRC {ssrc:08x}" for (kind, ssrc), n in streams.items())
        earlier = listener.audio.between(0, since)
        return f"no packets, the last one {since - earlier[-1].time:.2f} s before" if earlier else "no packets so far"

    def rows(self, since: float, until: float, step: float = 0.5) -> list[HearingRow]:
        """Return the hearing table, a row each `step` seconds: whom each party heard for most of the step."""
        steps = max(1, round((until - since) / step))
        starts = [since + n * step for n in range(steps)]
        return [
            HearingRow(
                at, {name: self._heard_by(call, at, min(at + step, until)) for name, call in self.parties.items()}
            )
            for at in starts
        ]

    def name(self, speaker: Speaker) -> str:
        """Return what the table calls a speaker."""
        named = (self.parties | self.sounds).items()
        return next((name for name, one in named if one == speaker), f"{speaker} Hz")

    def _heard_by(self, listener: SipCall, since: float, until: float) -> list[str]:
        speakers = {name: one for name, one in (self.parties | self.sounds).items() if one is not listener}
        return [name for name, one in speakers.items() if self.share(listener, one, since, until) > 0.5]


def sequence_gaps(received: Iterable[Packet]) -> int:
    """Count the packets whose sequence numbers are missing; a new SSRC begins a new count."""
    missing, last = 0, None
    for packet in received:
        if last and last.ssrc == packet.ssrc:
            missing += max(0, ((packet.sequence - last.sequence + 0x8000) & 0xFFFF) - 0x8000 - 1)
        last = packet
    return missing


def _slots_missing(times: list[float]) -> int:
    """Count the periods of 20 ms for which no packet came.

    After a late packet the next one is on time again, after a missing packet all are late. Therefore the delay at the
    end counts; it is the smallest one of the last packets, because one of them may be late.
    """
    behind = [at - n * tones.PACKET_SECONDS for n, at in enumerate(times)]
    return math.floor((min(behind[-3:]) - min(behind)) / tones.PACKET_SECONDS + 0.25)


def _skipped(at: float, place: int, next_at: float, next_place: int) -> int:
    """Return how many packets of a turning tone are missing between two of them.

    The time between them gives the number of whole turns.
    """
    steps = (next_place - place) % tones.TURNS
    turns = round(((next_at - at) / tones.PACKET_SECONDS - steps) / tones.TURNS)
    return max(0, steps + turns * tones.TURNS - 1)


def table(rows: list[HearingRow], start: float, title: str = "Who hears whom") -> Table:
    """Return the rows as a table for the terminal; times are seconds after `start`."""
    drawn = Table(title=title)
    drawn.add_column("s", justify="right")
    for name in rows[0].heard if rows else ():
        drawn.add_column(f"{name} hears")
    for row in rows:
        drawn.add_row(f"{row.since - start:.1f}", *(", ".join(heard) or "-" for heard in row.heard.values()))
    return drawn


def _carries(packet: Packet, speaker: Speaker) -> bool:
    if packet.payload_type != PCMU:
        return False
    if isinstance(speaker, int):
        return tones.packet_has_tone(packet.payload, speaker)
    audible = speaker.audio.tones_at(packet.time)
    return any(tones.packet_has_tone(packet.payload, hz, speaker.audio.amplitude) for hz in audible)


def _level(packet: Packet, speaker: Speaker) -> float:
    samples = [tones.LINEAR[byte] for byte in packet.payload]
    audible = {speaker} if isinstance(speaker, int) else speaker.audio.tones_at(packet.time)
    return max((tones.level(samples, hz) for hz in audible), default=0.0)


async def _came(listener: SipCall, since: float, within: float, wanted: Callable[[Packet], bool], missed: str) -> float:
    """Wait for the first packet that is wanted, at or after `since`, and return its time. Raises WaitTimeout."""
    seen = since

    def find() -> float | None:
        nonlocal seen
        fresh = listener.audio.between(seen, float("inf"))
        seen = max(since, listener.audio.captured_until)
        return next((packet.time for packet in fresh if wanted(packet)), None)

    return await listener.audio.until(find, within, missed)


def _listened(listener: SipCall, since: float, until: float) -> None:
    if until <= since:
        raise ValueError(f"no time to listen to: from {since:.3f} until {until:.3f}")
    audio = listener.audio
    if until > audio.captured_until or since < audio.kept_since:
        raise ValueError(
            f"{listener}: asked from {since:.3f} until {until:.3f}, but there is sound from {audio.kept_since:.3f} "
            f"until {audio.captured_until:.3f}: await listen() first, or ask about less"
        )


def _all_different(parties: Mapping[str, SipCall]) -> None:
    played: dict[int, str] = {}
    for name, call in parties.items():
        for hz in {hz for _, hz in call.audio.tones if hz}:
            if hz in played:
                raise ValueError(f"{name} and {played[hz]} both play {hz} Hz: give each a tone of its own")
            played[hz] = name
