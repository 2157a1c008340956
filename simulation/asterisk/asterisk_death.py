"""The simulated Asterisk dies and is started again: all that it had is gone, and nobody tells."""

from simulation.asterisk.core_driver import Driver
from simulation.asterisk.simulated_asterisk import SECOND, SimulatedAsterisk
from simulation.asterisk.simulated_snapshot import difference


def asterisk_dies(lab: Driver, asterisk: SimulatedAsterisk | None = None) -> None:
    """As by kill -9: nothing of it is heard. What it recorded lacks its last two seconds. Another one is started."""
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
    """In order: it hangs everybody up, takes no new line, and ends."""
    lab.asterisk.stopped = True
    for channel in list(lab.asterisk.channels):
        lab.hang_up(channel)
    asterisk_dies(lab)


def comes_back(lab: Driver, asterisk: SimulatedAsterisk | None = None) -> None:
    """The app is connected to the other one."""
    asterisk = asterisk or lab.asterisk
    asterisk.stopped = False
    lab.feed_together(difference(asterisk, lab.world))
