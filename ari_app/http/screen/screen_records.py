"""The sections of an agent's screen. Every time is ISO 8601, UTC; null means that there is none."""

from typing import Any, Literal

from msgspec import Struct

from ari_app.http.v1.dispositions import DispositionChoice, PauseChoice
from ari_app.http.v1.leads import LeadCall
from ari_app.http.v1.live_leads import WebFormShown
from ari_app.link.call_control import CallControl
from warmline.core.messages.commands import Kind
from warmline.core.model.call_states import Direction, State
from warmline.core.model.dialler import Verdict
from warmline.core.screen.who_hears_whom import AudibleParty
from warmline.operations.live_records import CallAgent, Time, iso


class ScreenPhone(Struct, frozen=True):
    """The agent's phone. `up`: on the line, or for an on_hook phone reachable.

    `wanted`: the page must offer its browser phone now. `page`: the id of the page that has it. `why`: why a login with
    the phone of an agent who is logged out is refused, by several servers; "" if it is not.
    """

    kind: Literal["browser", "sip"]
    name: str
    up: bool
    wanted: bool = False
    page: str | None = None
    why: str = ""


class ScreenAgent(Struct, frozen=True):
    """The agent. `since` and `until` are the limits of the state; `until` is null if it does not end by itself.

    `allowed_until` is when a pause has lasted as long as its code allows.
    `pause_asked` and `logout_asked`: after the call and its disposition. `last_call` is the id of the last call.
    `help_since`: since when the agent asks the supervisors for help in the call.
    `preview_until` is when `preview_expiry` (SKIP or DIAL) follows by itself.
    """

    user: str
    full_name: str
    state: str
    since: Time | None
    until: Time | None
    allowed_until: Time | None
    campaign: str
    campaign_name: str
    ingroups: tuple[str, ...]
    pause_code: str
    pause_asked: bool
    logout_asked: bool
    muted: bool
    help_since: Time | None
    preview: str
    preview_until: Time | None
    preview_expiry: str
    last_call: str
    phone: ScreenPhone


class ScreenThird(Struct, frozen=True):
    """The third party. `number` is its number, or the agent or in-group that is asked; `name` is for people.

    `phase`: how far its leg is, since `since`. `has_call`: it is the agent of the call, who has called this one in.
    """

    number: str
    name: str
    phase: str
    since: Time | None
    has_call: bool = False


class ScreenRecording(Struct, frozen=True):
    """Whether the call is recorded, whether the recording is muted, and the rule that decides."""

    on: bool
    muted: bool
    why: str


class ScreenReceipt(Struct, frozen=True):
    """The command that is in progress on the call."""

    id: str
    kind: Kind
    requested: Time


class ScreenCall(Struct, frozen=True):
    """The agent's call. `connected`: when agent and customer first heard each other.

    `customer_name` is the name that came with the call, or "". The lead's name is in the section `lead`.
    `ends_at` is when the state ends by itself. `data` has names and values of the dialplan. `amd` is the verdict of
    machine detection beside an automatic call: MACHINE, HUMAN, NOTSURE, HANGUP, FAILED, or "" without one.
    """

    id: str
    agc_id: str
    state: State
    since: Time
    arrived: Time
    connected: Time | None
    direction: Direction
    customer: str
    customer_name: str
    third: ScreenThird | None
    ingroup: str
    group_name: str
    recording: ScreenRecording
    receipt: ScreenReceipt | None
    ends_at: Time | None
    data: dict[str, str]
    amd: Verdict


class ScreenParty(Struct, frozen=True):
    """A party, the parties that it hears, and whether it hears music.

    `dialplan` is the IVR or bot of `park_ivr` that a parked customer is connected with, as EXTEN@CONTEXT, or empty.
    """

    party: AudibleParty
    name: str
    hears: tuple[AudibleParty, ...]
    music: bool
    dialplan: str


class ScreenCommand(Struct, frozen=True, omit_defaults=True):
    """Whether the agent may give a command now, whatever its arguments are; otherwise the reason."""

    allowed: bool
    code: str = ""
    why: str = ""


class ScreenLastCall(Struct, frozen=True):
    """The call of the disposition that is due, or the last one. Until `undo_until` its code can be taken back.

    `waits_in` is the name of the in-group in which its customer waits for another agent since `waits_since`.
    """

    call: str
    status: str
    number: str
    ingroup: str
    group_name: str
    notes: str
    undo_until: Time | None
    waits_in: str
    waits_since: Time | None


class ScreenEnd(Struct, frozen=True):
    """Why the last call ended for the agent, until its code: a code, a sentence, and the seconds in the call."""

    code: str
    text: str
    seconds: int


class ScreenQueue(Struct, frozen=True):
    """The callers who wait in an in-group, and since when the first of them waits."""

    ingroup: str
    group_name: str
    waiting: int
    longest_since: Time | None


class ScreenLeadField(Struct, frozen=True):
    """A field of a lead: its name, a label, its largest number of characters, and its value."""

    name: str
    label: str
    longest: int
    value: str


class ScreenLead(Struct, frozen=True):
    """The customer's lead, and the earlier calls. `lead_id` is null for a customer without a lead.

    `do_not_call` names the do-not-call list that has the customer's number, or is empty. `custom_fields` are those of
    the lead's list.
    """

    lead_id: int | None
    list_id: str
    fields: list[ScreenLeadField]
    calls: list[LeadCall]
    do_not_call: str
    custom_fields: list[ScreenLeadField] = []


class ScreenToday(Struct, frozen=True):
    """The agent's calls since midnight, and the seconds of each kind of time, without the state that lasts."""

    calls: int
    pause_seconds: int
    wait_seconds: int
    talk_seconds: int
    hold_seconds: int
    dead_seconds: int
    dispo_seconds: int
    lost_seconds: int


class ScreenLogout(Struct, frozen=True):
    """The logout by which a time limit ended the last session: `code` is PAUSMX (`pause_max`) or LOSTMX (`lost_max`).

    `since` is when that pause began, or when the phone was given up.
    """

    at: Time
    code: str
    since: Time


class ScreenStorage(Struct, frozen=True):
    """Since when the database cannot be written, and why. `spilled`: the spill file has what is confirmed since then.

    `spill_why`: why the spill file cannot be written, too; otherwise empty. Nothing is confirmed without `spilled`.
    """

    since: str
    why: str
    spilled: bool
    spill_why: str


class ScreenServer(Struct, frozen=True):
    """`connected`: the process of the calls answers. `asterisk`: it is connected to Asterisk.

    `storage` is null while the database can be written.
    """

    connected: bool
    asterisk: bool
    storage: ScreenStorage | None = None


def server(board: CallControl) -> ScreenServer:
    """Return the state of the processes and of the database."""
    late, is_up = board.storage, board.is_up
    confirmed = not late.stores_nothing
    storage = ScreenStorage(iso(late.since), late.why, confirmed, late.spill_why) if late.is_late else None
    return ScreenServer(is_up, is_up and board.connected, storage if is_up else None)


class AgentScreen(Struct, frozen=True):
    """The screen of an agent. A section is null if there is none, or if the client may not read it.

    `notes` are the saved ones of the call. `typed_notes` are those on a page of the agent that are not saved yet.
    `handed_over` has who had this customer before, or has the call too, in order: other agents, earlier parts of this
    agent, and those of the call that promised the callback. The notes of others are those that they type.
    """

    agent: ScreenAgent
    call: ScreenCall | None
    hears: list[ScreenParty] | None
    commands: dict[str, ScreenCommand]
    lead: ScreenLead | None
    script: str | None
    web_forms: list[WebFormShown] | None
    notes: str | None
    typed_notes: str | None
    handed_over: list[CallAgent] | None
    last: ScreenLastCall | None
    ended: ScreenEnd | None
    codes: list[DispositionChoice]
    pause_codes: list[PauseChoice]
    queues: list[ScreenQueue] | None
    callbacks_due: int | None
    today: ScreenToday | None
    logged_out: ScreenLogout | None
    server: ScreenServer


Sections = dict[str, Any]
