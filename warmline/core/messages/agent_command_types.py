"""The commands to an agent and the correction of a call's disposition, with their fields."""

from dataclasses import dataclass
from typing import ClassVar

from warmline.core.messages.commands import (
    BROWSER_PHONE,
    CALLER_ID,
    CODE,
    NAME,
    NOTES,
    NUMBER,
    PAGE,
    PHONE,
    REASON,
    CommandFields,
    Kind,
    argument,
)
from warmline.core.messages.values.callback import Callback
from warmline.core.moment import Moment


@dataclass(frozen=True, kw_only=True)
class KeepNotes(CommandFields):
    """Keep notes of the call for the disposition."""

    kind: ClassVar = Kind.NOTES
    notes: str = argument("The whole notes so far; empty deletes them.", NOTES)


@dataclass(frozen=True, kw_only=True)
class SetDisposition(CommandFields):
    """Set the disposition of the agent's last call."""

    kind: ClassVar = Kind.STATUS
    status: str = argument("The disposition code.", CODE)
    notes: str = argument("Notes for the code.", NOTES)
    amends: bool = argument("The code of the last call may be replaced until the next call.", default=False)
    undo: bool = argument("The code can be taken back for 10 seconds, and counts after that.", default=False)
    callback: Callback | None = argument("The callback that is promised.", default=None)
    follow_up: str = argument("The text after the code in the agent API's answer.", column="message")


@dataclass(frozen=True, kw_only=True)
class UndoDisposition(CommandFields):
    """Take back a disposition within 10 seconds."""

    kind: ClassVar = Kind.UNDO_DISPOSITION


@dataclass(frozen=True, kw_only=True)
class CorrectDisposition(CommandFields):
    """Correct the disposition of a call, even long after its end.

    For a call that is over, `agent` is the last agent in the store.
    """

    kind: ClassVar = Kind.SET_STATUS
    status: str = argument("The disposition code.", CODE)
    why: str = argument("The reason for the correction.", REASON, column="notes")


@dataclass(frozen=True, kw_only=True)
class Pause(CommandFields):
    """Pause, immediately or after the call and its disposition."""

    kind: ClassVar = Kind.PAUSE
    pause_code: str = argument("The reason for the pause.", CODE)


@dataclass(frozen=True, kw_only=True)
class Resume(CommandFields):
    """Take calls again."""

    kind: ClassVar = Kind.RESUME


@dataclass(frozen=True, kw_only=True)
class Login(CommandFields):
    """Log in: the agent's phone is called, and an on_hook one is left on the hook."""

    kind: ClassVar = Kind.LOGIN
    phone: str = argument("browser if a page will offer the phone; empty for the agent's own.", BROWSER_PHONE)


@dataclass(frozen=True, kw_only=True)
class Logout(CommandFields):
    """Log out, immediately or after the call and its disposition."""

    kind: ClassVar = Kind.LOGOUT


@dataclass(frozen=True, kw_only=True)
class CallAgent(CommandFields):
    """Call back an agent's disconnected phone."""

    kind: ClassVar = Kind.CALL_AGENT


@dataclass(frozen=True, kw_only=True)
class ChangeIngroups(CommandFields):
    """Choose the in-groups that the agent serves until logout."""

    kind: ClassVar = Kind.CHANGE_INGROUPS
    ingroups: tuple[str, ...] = argument("The in-groups.", NAME, default=(), column="message")


@dataclass(frozen=True, kw_only=True)
class Supervision(CommandFields):
    """Call a supervisor's phone, which then hears what the agent hears and says.

    `whispers` says who hears the supervisor, as Asterisk's snoop channel: none, out (the agent) or both (all parties).
    """

    whispers: ClassVar[str]
    phone: str = argument(
        "The supervisor's phone: that of an agent who is not logged in, or browser if a page offers it.",
        PHONE,
        is_required=True,
        column="number",
    )
    page: str = argument("The id of the page that offers its browser phone.", PAGE)


@dataclass(frozen=True, kw_only=True)
class Listen(Supervision):
    """Call a supervisor's phone, which then hears what the agent hears and says."""

    kind: ClassVar = Kind.LISTEN
    whispers: ClassVar = "none"


@dataclass(frozen=True, kw_only=True)
class Whisper(Supervision):
    """Call a supervisor's phone; only the agent hears the supervisor."""

    kind: ClassVar = Kind.WHISPER
    whispers: ClassVar = "out"


@dataclass(frozen=True, kw_only=True)
class Barge(Supervision):
    """Call a supervisor's phone; every party of the call hears the supervisor."""

    kind: ClassVar = Kind.BARGE
    whispers: ClassVar = "both"


@dataclass(frozen=True, kw_only=True)
class Mute(CommandFields):
    """Switch the agent's microphone off."""

    kind: ClassVar = Kind.MUTE


@dataclass(frozen=True, kw_only=True)
class Unmute(CommandFields):
    """Switch the agent's microphone on again."""

    kind: ClassVar = Kind.UNMUTE


@dataclass(frozen=True, kw_only=True)
class AskHelp(CommandFields):
    """Ask the supervisors for help in the call.

    The request ends when a supervisor listens, whispers or barges in, and with the call.
    """

    kind: ClassVar = Kind.ASK_HELP


@dataclass(frozen=True, kw_only=True)
class EndHelp(CommandFields):
    """Take back a request for help."""

    kind: ClassVar = Kind.END_HELP


@dataclass(frozen=True, kw_only=True)
class CustomerDial(CommandFields):
    """A customer's number, and how to dial it."""

    number: str = argument("The customer's number.", NUMBER)
    lead: int = argument("The lead_id of the lead with this number.", default=0)
    caller_id: str = argument("The caller number for the customer, instead of the campaign's rule.", CALLER_ID)
    dial_override: bool = argument("Dial the number as it is, without the campaign's prefix.", default=False)
    callback: Callback | None = argument("The callback that is done.", default=None)
    by_person: bool = False  # a person in a session of their own, or at a phone, has typed the number


@dataclass(frozen=True, kw_only=True)
class Dial(CustomerDial):
    """Dial a customer for the agent, or the number being previewed."""

    kind: ClassVar = Kind.DIAL


@dataclass(frozen=True, kw_only=True)
class DialNext(Dial):
    """Dial the next lead of the agent's campaign, or preview it.

    The database chooses the lead, and fills in its number.
    """

    kind: ClassVar = Kind.DIAL_NEXT
    preview: bool = argument("Show the lead before it is dialled.", default=False)


@dataclass(frozen=True, kw_only=True)
class Preview(CustomerDial):
    """Show the paused agent a number before it is dialled.

    `campaign` is set for the campaign's next lead, which the last look asks about again before it is dialled. `until`
    is when the preview ends by itself, in microseconds UTC, or 0 for never.
    """

    kind: ClassVar = Kind.PREVIEW
    campaign: str = ""
    until: Moment = 0


@dataclass(frozen=True, kw_only=True)
class SkipPreview(CommandFields):
    """Discard the previewed number."""

    kind: ClassVar = Kind.SKIP


@dataclass(frozen=True, kw_only=True)
class ChangeCallback(CommandFields):
    """Store a callback that was taken over, rescheduled or cancelled."""

    kind: ClassVar = Kind.CALLBACK
    callback: Callback | None = argument("The callback as it is from now on.", default=None)
    change: str = argument("The change, for the receipt.", column="message")


@dataclass(frozen=True, kw_only=True)
class MakeCallback(CommandFields):
    """Promise a lead a callback without a call."""

    kind: ClassVar = Kind.MAKE_CALLBACK
    callback: Callback | None = argument("Its lead, number, time, agent, campaign and comments.", default=None)
    change: str = argument("The lead, for the receipt.", column="message")
