"""Who hears whom in a test: the way of a voice through channels, bridges and snoops.

A voice comes in from the other end of a channel. Its bridge passes it on to the other channels, and each lets it out to
its party. A snoop channel gets what comes in to a channel, what goes out, or both; what goes out to a snoop
channel, it whispers there. A muted direction ends the way. Music does not: Asterisk sends it besides the voices.
"""

from warmline.ari.testing.simulated_things import SimulatedBridge, SimulatedChannel, SimulatedRecording

BOTH = "both"


class VoicePath:
    """The way of one voice: `listeners` are the channels whose parties hear it, `recordings` those that record it."""

    def __init__(self, recordings: list[SimulatedRecording]) -> None:
        self.listeners: list[SimulatedChannel] = []
        self.recordings: list[SimulatedRecording] = []
        self._all_recordings = recordings
        self._visited: set[tuple[str, SimulatedChannel]] = set()

    def come_in(self, channel: SimulatedChannel) -> None:
        """Follow a voice that a party says, or that a snoop channel passes on."""
        if self._is_blocked("in", channel):
            return
        self._listen(channel, "in")
        self.recordings += [recording for recording in self._all_recordings if recording.target is channel]
        if channel.bridge and not channel.is_muted_in_bridge:
            self.fill(channel.bridge, channel)

    def fill(self, bridge: SimulatedBridge, speaker: SimulatedChannel | None = None) -> None:
        """Follow a voice, or a sound without a speaker, to all in a bridge who hear it."""
        self.recordings += [recording for recording in self._all_recordings if recording.target is bridge]
        for listener in list(bridge.channels):
            if speaker is None or bridge.connects(speaker, listener):
                self.go_out(listener)

    def go_out(self, channel: SimulatedChannel) -> None:
        """Follow a voice or a sound that is sent to the other end of a channel."""
        if self._is_blocked("out", channel):
            return
        self._listen(channel, "out")
        if channel.spied is None:
            self.listeners.append(channel)
            return
        if channel.whisper in ("out", BOTH):
            self.go_out(channel.spied)
        if channel.whisper in ("in", BOTH):
            self.come_in(channel.spied)

    def _listen(self, channel: SimulatedChannel, direction: str) -> None:
        for snoop in channel.snoops:
            if snoop.spy in (direction, BOTH):
                self.come_in(snoop)

    def _is_blocked(self, direction: str, channel: SimulatedChannel) -> bool:
        """Return whether nothing passes in this direction, or the voice was there already."""
        was_here = (direction, channel) in self._visited
        self._visited.add((direction, channel))
        return was_here or channel.is_holding or direction in channel.muted_directions
