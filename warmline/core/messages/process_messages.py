"""The app and its servers: start, configuration, comparison with Asterisk, timers."""

from dataclasses import dataclass

from warmline.core.messages.values.server_action import MAIN_SERVER, ServerAction
from warmline.core.rules.configuration import Rules


@dataclass(frozen=True, slots=True)
class ReconcileCalls(ServerAction):
    """Compare these calls and legs with Asterisk, and report each difference. Proof: CallsReconciled."""

    calls: tuple[str, ...] = ()
    legs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ConfigurationChanged:
    """The complete configuration from now on."""

    rules: Rules


@dataclass(frozen=True, slots=True)
class ClockCorrected:
    """The machine's clock shows `correction` microseconds more than the time of the turns, from this turn on.

    The time of the turns never goes back and never leaps while the app runs; the machine's clock may do both.
    """

    correction: int


@dataclass(frozen=True, slots=True)
class AppStarted:
    """The app has started with the records that were open. The first input, so that a replay can begin here.

    `correction` is as in ClockCorrected; None if the former one holds, or both times are equal.
    """

    correction: int | None = None


@dataclass(frozen=True, slots=True)
class Reconciling:
    """The app is about to read a server's snapshot. Requests to it without proof are forgotten, and none are made.

    Calls of other servers continue.
    """

    server: str = MAIN_SERVER


@dataclass(frozen=True, slots=True)
class AsteriskConnected:
    """The app is connected to an Asterisk that started at `started` (microseconds UTC; 0 if unknown)."""

    started: int
    server: str = MAIN_SERVER


@dataclass(frozen=True, slots=True)
class ServerLost:
    """A server has been away for so long that its calls count as ended, although its Asterisk may still run."""

    server: str


@dataclass(frozen=True, slots=True)
class ServerAway:
    """No events of one of several servers arrive. Its calls stay in their state until its snapshot is known.

    It gets no new call.
    """

    server: str


@dataclass(frozen=True, slots=True)
class ServerWeight:
    """A server in the settings, and its share of new calls relative to the weights of the others; 0 is none."""

    name: str
    weight: int


@dataclass(frozen=True, slots=True)
class ServersKnown:
    """All servers in the settings, if there are several, or were before. The calls of any other server have ended."""

    servers: tuple[ServerWeight, ...]


@dataclass(frozen=True, slots=True)
class Reconciled:
    """Every difference to a server's snapshot has been reported; missing parts are requested now."""

    server: str = MAIN_SERVER


@dataclass(frozen=True, slots=True)
class TimerFired:
    """A timer of the core is due."""


@dataclass(frozen=True, slots=True)
class CallsReconciled:
    """Every difference of these calls and legs to Asterisk has been reported: see ReconcileCalls."""

    calls: tuple[str, ...] = ()
    legs: tuple[str, ...] = ()
