"""The death and restart of the simulated Asterisk: all its state is lost, and no event reports it."""

from tools.simulation.asterisk.core_driver import Driver
from tools.simulation.asterisk.simulated_asterisk import SECOND, SimulatedAsterisk
from tools.simulation.asterisk.simulated_snapshot import difference


def asterisk_dies(lab: Driver, asterisk: SimulatedAsterisk | None = None) -> None:
    """Kill it as with -9, and start another one. No event is sent, and recordings lack their last two seconds."""
    asterisk = asterisk or lab.asterisk
    for name in asterisk.recordings:
        tape = asterisk.files[name]
        tape.length = max(0, asterisk.now - tape.began - 2 * SECOND)
    gone = (
        asterisk.channels,
        asterisk.bridges,
        asterisk.recordings,
        asterisk.tones,
        asterisk.silences,
        asterisk.audio,
        asterisk.audio_until,
        asterisk.room_music,
    )
    for part in gone:
        part.clear()
    asterisk.silent_spots.clear()
    asterisk.later.clear()
    asterisk.out.clear()
    asterisk.started += SECOND


def asterisk_is_stopped(lab: Driver) -> None:
    """Stop it in an orderly way: it hangs up all calls, accepts no new channel, and ends."""
    lab.asterisk.stopped = True
    for channel in list(lab.asterisk.channels):
        lab.hang_up(channel)
    asterisk_dies(lab)


def comes_back(lab: Driver, asterisk: SimulatedAsterisk | None = None) -> None:
    """Connect the app to the new Asterisk."""
    asterisk = asterisk or lab.asterisk
    asterisk.stopped = False
    lab.feed_together(difference(asterisk, lab.world))
