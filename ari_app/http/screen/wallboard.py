"""The overview for a screen on the wall: without the numbers of people, and without the reasons that people typed.

Each record names its fields again, so that a new field of the overview does not reach the wall by itself.
"""

from typing import Any, TypeVar

from msgspec import Struct

from ari_app.http.screen.overview import Overview
from ari_app.http.screen.overview_records import OverviewIngroup, OverviewToday
from ari_app.http.screen.screen_records import ScreenServer
from warmline.core.model.call import Call
from warmline.core.model.call_states import State
from warmline.core.model.session import Session
from warmline.operations.live_records import DiallerNow, ServerNow, Time

R = TypeVar("R", bound=Struct)


class WallboardAgent(Struct, frozen=True):
    """A logged-in agent. `long`, `late` and `help_since` are those of the overview; `call` is the id of the call."""

    user: str
    full_name: str
    state: str
    since: Time
    long: Time | None
    late: Time | None
    campaign: str
    campaign_name: str
    ingroups: tuple[str, ...]
    pause_code: str
    call: str | None
    help_since: Time | None


class WallboardCall(Struct, frozen=True):
    """A live call. `agent` is its current agent, `direct` the agent it waits for, or ""."""

    id: str
    state: State
    since: Time
    agent: str | None
    full_name: str
    ingroup: str
    group_name: str
    direct: str


class WallboardWaiting(Struct, frozen=True):
    """A caller in a queue; `direct` is the one agent that the caller waits for, or ""."""

    call: str
    ingroup: str
    group_name: str
    direct: str
    since: Time
    long: Time
    late: Time


class WallboardDialling(Struct, frozen=True):
    """Automatic dialling: whether the emergency stop is set, and each campaign that dials or did."""

    stopped: bool
    campaigns: list[DiallerNow]


class WallboardScreen(Struct, frozen=True):
    """The screen of a wallboard, bounded to the agents that the user may see. It has no number of a person."""

    ingroups: list[OverviewIngroup]
    agents: list[WallboardAgent]
    calls: list[WallboardCall]
    waiting: list[WallboardWaiting]
    dialling: WallboardDialling
    today: OverviewToday | None
    server: ScreenServer
    servers: list[ServerNow]


class Wallboard(Overview):
    """The overview, with only those fields of its records that the wallboard's have."""

    def agent(self, session: Session) -> Struct:
        """Return the record of an agent."""
        return _part(WallboardAgent, super().agent(session))

    def call(self, call: Call) -> Struct:
        """Return the record of a call."""
        return _part(WallboardCall, super().call(call))

    def waiting(self, call: Call) -> Struct:
        """Return the record of a waiting call."""
        return _part(WallboardWaiting, super().waiting(call))

    def dialling(self) -> Struct:
        """Return the record of automatic dialling."""
        return _part(WallboardDialling, super().dialling())


def _part(kind: type[R], whole: Any) -> R:
    return kind(**{name: getattr(whole, name) for name in kind.__struct_fields__})
