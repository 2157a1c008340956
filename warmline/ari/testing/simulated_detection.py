"""The context of machine_detection.py in a test: it tells a machine from a person, as the test has said who answers."""

from typing import TYPE_CHECKING

from warmline.ari.testing.simulated_things import SimulatedChannel

if TYPE_CHECKING:
    from warmline.ari.testing.simulated_asterisk import SimulatedAsterisk

DETECTION_SECONDS = 1.5
VERDICTS = {True: ("MACHINE", "LONGGREETING"), False: ("HUMAN", "HUMAN"), None: ("NOTSURE", "TOOLONG")}


def detect_machine(asterisk: "SimulatedAsterisk", detector: SimulatedChannel, extension: str) -> None:
    """Let AMD() listen to the party beside whom a channel is, and send the channel back with the verdict."""
    if detector.spied is None or detector.id not in asterisk.channels:
        return
    status, cause = VERDICTS[detector.spied.party.machine]
    detector.arguments = ("amd", extension, status, cause)
    asterisk.enter(detector)
