"""The sections of the overview that supervisors see. Every time is ISO 8601, UTC; null means that there is none."""

from msgspec import Struct

from ari_app.http.screen.screen_records import ScreenServer
from ari_app.http.streams.live_totals import TodayTotals
from warmline.operations.live_records import CallNow, DiallerNow, DialStopOf, ServerNow, Supervisor, Time


class OverviewIngroup(Struct, frozen=True):
    """An in-group: its line now, its agents, and its service since midnight, null until that is read.

    `long` and `late`: when the longest wait takes long, and too long. `agents` are logged in, and `ready` of them take
    a call at once. `service_level` is the share of answers `within` so many seconds, and `lost_share` that of
    abandoned calls, both from 0 to 1.
    """

    ingroup: str
    group_name: str
    waiting: int
    longest_since: Time | None
    long: Time | None
    late: Time | None
    agents: int
    ready: int
    within: int
    offered: int | None
    answered: int | None
    abandoned: int | None
    lost_share: float | None
    service_level: float | None


class OverviewAgent(Struct, frozen=True):
    """A logged-in agent. `long` and `late`: when the state takes long, and too long; null if it may last.

    A pause whose code has a `time_limit` is late after it, and never long.

    `moving`: supervisors whose pages are to offer their browser phones again, because the agent's line has moved to
    another server.

    `customer` and `third` are the numbers of the parties of the agent's call. `help_since`: since when the agent asks
    for help; null if not. `pause_code_name` is that of `pause_code`, "" if it has none.
    """

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
    pause_code_name: str
    call: str | None
    customer: str | None
    third: str | None
    muted: bool
    supervisors: list[Supervisor]
    moving: list[Supervisor]
    help_since: Time | None


class OverviewWaiting(Struct, frozen=True):
    """A caller in a queue; `direct` is the one agent that the caller waits for, or ""."""

    call: str
    customer: str
    ingroup: str
    group_name: str
    direct: str
    since: Time
    long: Time
    late: Time


class OverviewDialling(Struct, frozen=True):
    """Automatic dialling: whether the emergency stop is set, by which clients, and each campaign that dials or did."""

    stopped: bool
    stops: list[DialStopOf]
    campaigns: list[DiallerNow]


class OverviewInterval(Struct, frozen=True):
    """The calls of half an hour, as the report of intervals counts them."""

    begins: Time
    offered: int
    answered: int
    abandoned: int
    elsewhere: int


class OverviewToday(Struct, frozen=True):
    """The calls since midnight in the zone of the setting: their sums, and each half hour.

    `lost_share` is the share of abandoned calls, from 0 to 1.
    """

    totals: TodayTotals
    lost_share: float | None
    intervals: list[OverviewInterval]


class OverviewScreen(Struct, frozen=True):
    """The screen of a supervisor, bounded to the agents that the user may see.

    `servers` are those of several Asterisk servers; there is none if the app has a single one.
    """

    ingroups: list[OverviewIngroup]
    agents: list[OverviewAgent]
    calls: list[CallNow]
    waiting: list[OverviewWaiting]
    dialling: OverviewDialling
    today: OverviewToday | None
    server: ScreenServer
    servers: list[ServerNow]
