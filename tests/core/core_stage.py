"""Scenes for tests: a call in each of its states, and who hears whom there."""

from collections.abc import Callable
from typing import Any

from tools.simulation.asterisk.core_driver import Driver, demo_rules
from tools.simulation.asterisk.simulated_asterisk import SECOND
from tools.simulation.asterisk.simulated_snapshot import difference
from warmline.core.engine.recovery import restore
from warmline.core.messages import events as ev
from warmline.core.messages.commands import Kind
from warmline.core.model.call_states import AgentState, State
from warmline.core.model.receipt import Outcome, Receipt
from warmline.core.model.recording import Recording

CUSTOMER, PHONE = "cust", "phone-1000"
QUICK, BUSY, SLOW, SILENT, DECLINES, DEAD = "8500", "8502", "5551234", "8501", "5550603", "777"


def lab_with(ingroup: dict[str, Any] | None = None, **campaign: Any) -> Driver:
    """Return agent 1000, logged in and READY, in a campaign and an in-group SALESLINE with these options."""
    lab = Driver(demo_rules(ingroup, **campaign))
    lab.log_in("1000")
    return lab


def set_up(lab: Driver, scene: str) -> Driver:
    """Bring a customer, agent 1000 and a third party into a scene; the names are those of SCENES."""
    return SCENES[scene](lab)


def talking(lab: Driver) -> Driver:
    lab.customer()
    return then(lab, State.TALKING)


def parked(lab: Driver) -> Driver:
    return then(talking(lab), State.PARKED, Kind.PARK_CUSTOMER)


def dialing(lab: Driver, number: str = SILENT) -> Driver:
    lab = then(talking(lab), State.DIALING, Kind.DIAL_WITH_CUSTOMER, number=number)
    lab.wait(0.5)
    return lab


def dialing_parked(lab: Driver, number: str = SILENT) -> Driver:
    lab = then(talking(lab), State.DIALING, Kind.PARK_CUSTOMER_DIAL, number=number)
    lab.wait(0.5)
    return lab


def three_way(lab: Driver, number: str = QUICK) -> Driver:
    lab = dialing(lab, number)
    return then(lab, State.THREE_WAY)


def consulting(lab: Driver, number: str = QUICK) -> Driver:
    return then(dialing_parked(lab, number), State.CONSULTING)


def third_parked(lab: Driver) -> Driver:
    return then(three_way(lab), State.THIRD_PARKED, Kind.PARK_XFER)


def both_parked(lab: Driver) -> Driver:
    return then(consulting(lab), State.BOTH_PARKED, Kind.PARK_XFER)


def customer_gone(lab: Driver) -> Driver:
    three_way(lab).hang_up(CUSTOMER)
    return then(lab, State.CUSTOMER_GONE)


def customer_gone_third_parked(lab: Driver) -> Driver:
    third_parked(lab).hang_up(CUSTOMER)
    return then(lab, State.CUSTOMER_GONE)


def left_ringing(lab: Driver) -> Driver:
    return then(dialing(lab), State.LEFT_RINGING, Kind.LEAVE_3WAY_CALL)


def blind(lab: Driver) -> Driver:
    return then(talking(lab), State.BLIND, Kind.BLIND_TRANSFER, number=SILENT)


def message(lab: Driver) -> Driver:
    return then(talking(lab), State.MESSAGE, Kind.LEAVE_VM)


def rescue(lab: Driver) -> Driver:
    talking(lab).hang_up(PHONE, 44)
    return then(lab, State.RESCUE)


def handed_off(lab: Driver) -> Driver:
    return then(three_way(lab), State.HANDED_OFF, Kind.LEAVE_3WAY_CALL)


def asking(lab: Driver) -> Driver:
    """Consult a closer while none is available."""
    return then(talking(lab), State.DIALING, Kind.DIAL_WITH_CUSTOMER, ingroup="SUPPORTLINE")


def asking_parked(lab: Driver) -> Driver:
    return then(talking(lab), State.DIALING, Kind.PARK_CUSTOMER_DIAL, ingroup="SUPPORTLINE")


def with_closer(lab: Driver) -> Driver:
    """Let agent 1001 accept the request: customer, fronter and closer are together."""
    talking(lab)
    lab.log_in("1001")
    lab = then(lab, State.THREE_WAY, Kind.DIAL_WITH_CUSTOMER, ingroup="SUPPORTLINE")
    lab.wait(1.1)  # the beep is over
    return lab


def consulting_closer(lab: Driver) -> Driver:
    talking(lab)
    lab.log_in("1001")
    lab = then(lab, State.CONSULTING, Kind.PARK_CUSTOMER_DIAL, ingroup="SUPPORTLINE")
    lab.wait(1.1)
    return lab


SCENES: dict[str, Callable[[Driver], Driver]] = {
    scene.__name__: scene
    for scene in (
        talking,
        parked,
        dialing,
        dialing_parked,
        three_way,
        consulting,
        third_parked,
        both_parked,
        customer_gone,
        customer_gone_third_parked,
        left_ringing,
        blind,
        message,
        rescue,
        handed_off,
        asking,
        asking_parked,
        with_closer,
        consulting_closer,
    )
}


def then(lab: Driver, state: State, kind: Kind | None = None, **arguments: str) -> Driver:
    """Give a command, if any, that must be done at once, and check that the call is in this state."""
    if kind:
        assert lab.ask(kind, **arguments) == ""
    assert lab.call().state is state
    return lab


def phone_of(lab: Driver, user: str) -> str:
    """Return the channel of an agent's phone, "" if there is none."""
    return lab.session(user).leg or ""


def together(lab: Driver, *channels: str) -> bool:
    """Check that all of them hear all others."""
    return all(
        lab.asterisk.hears(listener, speaker) for listener in channels for speaker in channels if listener != speaker
    )


def apart(lab: Driver, channel: str, *other_channels: str) -> bool:
    """Check that the party and the others do not hear each other."""
    return not any(
        lab.asterisk.hears(*pair)
        for other_channel in other_channels
        for pair in ((channel, other_channel), (other_channel, channel))
    )


def heard(lab: Driver, channel: str, media: str) -> int:
    """Return how often the channel has heard this prompt."""
    return lab.asterisk.played.count((channel, f"sound:{media}"))


def all_receipts(lab: Driver, kind: Kind) -> list[Receipt]:
    """Return the receipts of one kind, oldest first."""
    receipts = [
        record for record in (*lab.closed.values(), *lab.world.receipts.values()) if isinstance(record, Receipt)
    ]
    return sorted((receipt for receipt in receipts if receipt.kind is kind), key=lambda receipt: receipt.requested)


def outcome(lab: Driver, kind: Kind) -> Outcome | None:
    """Return the outcome of the last command of this kind."""
    return all_receipts(lab, kind)[-1].outcome


def files(lab: Driver) -> list[Recording]:
    """Return the row of each recording, in order."""
    recordings_of_lab = [
        record for record in (*lab.closed.values(), *lab.world.recordings.values()) if isinstance(record, Recording)
    ]
    return sorted(recordings_of_lab, key=lambda recording: recording.asked)


def recordings(lab: Driver) -> list[tuple[str, str]]:
    """Return the kind and reason of each file, in order."""
    return [(recording.kind.value, recording.reason) for recording in files(lab)]


def is_dispo(lab: Driver, user: str = "1000") -> bool:
    return lab.session(user).state is AgentState.DISPO


def in_seat(lab: Driver, user: str = "1000") -> bool:
    """Return whether the agent's phone is on the line, in no bridge, and gets packets."""
    channel = lab.asterisk.channels.get(phone_of(lab, user))
    return channel is not None and channel.bridge is None and channel.silent


def slowly(lab: Driver) -> "Slow":
    """Within `with slowly(lab):` Asterisk performs requests, but its events come only at the end."""
    return Slow(lab)


class Slow:
    def __init__(self, lab: Driver) -> None:
        self.lab = lab

    def __enter__(self) -> None:
        self.pump = self.lab.pump
        self.lab.pump = lambda: None  # type: ignore[method-assign] # events are held back

    def __exit__(self, *error: object) -> None:
        self.lab.pump = self.pump  # type: ignore[method-assign] # events are received again
        self.lab.pump()


def meanwhile(lab: Driver, seconds: float) -> None:
    """Let far ends act in this time without the core's timers, for use within `slowly`."""
    end_us = lab.asterisk.now + int(seconds * SECOND)
    while lab.asterisk.pass_time(end_us):
        pass


def people(lab: Driver) -> set[str]:
    """Return the channels of all parties on the line, without a beep that plays."""
    return {channel.id for channel in lab.asterisk.channels.values() if not channel.whispers_to}


def restarted(lab: Driver) -> Driver:
    """Restart the app, which loads its records."""
    lab.asterisk.out.clear()
    lab.world = restore(list(lab.world.iterate_open_records()))
    rules = next(input_.rules for input_, _, _ in reversed(lab.inputs) if isinstance(input_, ev.ConfigurationChanged))
    lab.feed(ev.AppStarted())
    lab.feed(ev.ConfigurationChanged(rules))
    lab.feed_together(difference(lab.asterisk, lab.world, start=True))
    return lab
