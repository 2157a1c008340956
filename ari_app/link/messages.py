"""The messages between the call process and the other processes.

A connection begins with Hello, and Welcome or Refusal. A follower then gets the whole live state, and each later
commit. Requests have ids, which their answers repeat.
"""

from typing import Annotated, Any

from msgspec import Meta, Struct, field

from ari_app.link.first_message import Hello, Message
from ari_app.link.privileged_writes import PrivilegedWrite, WriteOutcome
from ari_app.link.record_writes import CreateLead, Line, UpdateLead
from ari_app.link.recording_audio import PIECE, AudioPiece
from ari_app.link.work import Work, WorkResult
from ari_app.live.committed_turns import JournalRow
from warmline.core.dialler.dialler_view import PulseFacts
from warmline.core.messages.recording_messages import (
    ConvertRecording,
    MeasureRecording,
    RecordingConverted,
    RecordingMeasured,
)
from warmline.core.messages.webhook_messages import WebhookTried
from warmline.core.model.webhook import Webhook
from warmline.store.configuration.user_sessions import LASTS, NewSession
from warmline.store.journal.storage_state import GOOD, StorageState


class Request(Message, frozen=True):
    """A message that has an answer; `id` is the sender's number for it."""

    id: int


class Answer(Message, frozen=True):
    """The answer to a request; `id` is the request's."""

    id: int


# -- the beginning of a connection --


class Welcome(Message, frozen=True):
    """The call process accepts the connection. `beginning` is a new word for each of its starts."""

    version: int
    beginning: str


class Refusal(Message, frozen=True):
    """The call process closes the connection; `why` is a sentence.

    `version` is the call process's, if the program has another one; otherwise it is 0.
    """

    why: str
    version: int = 0


# -- the live state --


class LiveRecord(Message, frozen=True):
    """A record of a call, leg, session, receipt, recording or wait; `body` is JSON as open_state writes it.

    A closed record has a body if it is a receipt.
    """

    kind: str
    id: str
    is_open: bool
    body: bytes


class StateBegins(Message, frozen=True):
    """The whole live state follows, in frames of LiveRecords. `rules` is the configuration as JSON."""

    rules: bytes


class StatePart(Message, frozen=True):
    """Some records of the whole live state."""

    records: list[LiveRecord]


class StateEnds(Message, frozen=True):
    """The live state is whole, as after the journal's row `row`. `frame` is the number of the last frame.

    `queues` is how many calls wait, by queue.
    """

    row: int
    frame: int
    queues: dict[str, int]


class Changes(Message, frozen=True):
    """The records that turns changed, up to the journal's row `row`; and those of their rows that are on disk now.

    `rules` is the new configuration as JSON, or empty. `frame` counts these messages.
    """

    frame: int
    row: int
    rows: list[JournalRow]
    records: list[LiveRecord]
    rules: bytes
    queues: dict[str, int]


class Heartbeat(Message, frozen=True):
    """The call process lives; sent each 0.5 s, and after a change. Its fields are those of CallControl."""

    connected: bool
    lost_at: int
    pulses: dict[str, PulseFacts] = field(default_factory=dict)
    storage: StorageState = GOOD


# -- requests --


class GiveCommand(Request, frozen=True):
    """A command for the core, with its fields as the journal writes them; empty to find an earlier answer by key."""

    command: dict[str, Any]
    by: str
    source: str
    key: str
    digits: str
    request: str


class CommandAnswer(Answer, frozen=True):
    """The answer to a command: see CommandReply. `problem` is empty, or one of the words below."""

    receipt: str
    why: str
    refused: bool
    problem: str
    code: str = ""


TIMED_OUT = "timed out"  # the command continues
UNRECORDED = "unrecorded"  # the command succeeded, which is not on disk
KEY_REUSED = "key reused"
UNREADABLE = "unreadable"  # the database, `why` says why
NEW_KEY = "new key"  # there is no earlier answer
INVALID = "invalid"  # no request of a client can become the command; `code` and `why` are the error's


class FindOrphans(Request, frozen=True):
    """Find channels and bridges of Asterisk under Warmline's name that belong to no call or agent session."""


class FindConversation(Request, frozen=True):
    """Find the conversation of a channel outside Warmline."""

    channel: str


class ReadFigures(Request, frozen=True):
    """Read the metrics of the call process, in Prometheus' text format."""


class ChangeDialStop(Request, frozen=True):
    """Stop all automatic dialling, or allow it again, for a client. The body of the answer is JSON: is it new?"""

    stopped: bool
    by: Line


class AskPhoneToken(Request, frozen=True):
    """Ask for a token for one offer of a browser phone, which the page of this agent makes now.

    `offer` tells this offer from others of the page. `supervisor`: the client whose page is to supervise the agent; ""
    for the agent's own page.
    """

    agent: Line
    page: Line
    offer: Line
    supervisor: Line = ""


class PhoneToken(Struct, frozen=True):
    """The body of the answer: a token for one leg, and the password of the endpoint warmline-browser.

    The token is "" if the offer was made before.
    """

    token: str
    password: str


class AskTurnCredential(Request, frozen=True):
    """Ask for a credential with which the page of this client may use the TURN servers."""

    client: Line


class TurnCredential(Struct, frozen=True):
    """The body of the answer: the name and password for the TURN servers, valid for these seconds."""

    username: str
    credential: str
    seconds: int


class ReportPage(Request, frozen=True):
    """Tell that the page with the browser phone of an agent or a supervisor is gone, or that it is there again."""

    agent: Line
    page: Line
    here: bool


# -- the requests of the worker process --


class TakeWork(Request, frozen=True):
    """Take the work after piece number `after` of this call process; wait for it a few seconds.

    `beginning` and `after` are those of the last answer; "" and 0 before it. `hooks_lost` counts, by hook, the events
    and ended calls that hooks were not told about.
    """

    beginning: str
    after: int
    hooks_lost: dict[str, int]


class OpenWork(Answer, frozen=True):
    """Work that has no result yet, up to piece number `last`."""

    beginning: str
    last: int
    webhooks: list[Webhook]
    measurements: list[MeasureRecording]
    conversions: list[ConvertRecording]

    @property
    def work(self) -> list[Work]:
        return [*self.webhooks, *self.measurements, *self.conversions]


class FinishWork(Request, frozen=True):
    """Results of work. The answer comes when the journal has them."""

    webhooks: list[WebhookTried]
    measurements: list[RecordingMeasured]
    conversions: list[RecordingConverted]

    @property
    def results(self) -> list[WorkResult]:
        return [*self.webhooks, *self.measurements, *self.conversions]


class Found(Answer, frozen=True):
    """The answer to the other requests, as JSON; or `why` it failed, with the error's `code`."""

    body: bytes
    code: str = ""
    why: str = ""


class WriteRecord(Request, frozen=True):
    """Change a record that belongs to no call; see RecordWriter."""

    write: UpdateLead | CreateLead


class RecordWritten(Answer, frozen=True):
    """The result of a write; or the `kind` of its error, with the error's code and sentence."""

    result: int
    kind: str = ""
    code: str = ""
    why: str = ""


class WritePrivileged(Request, frozen=True):
    """Change the configuration or a do-not-call list for a client, whose token the call process checks."""

    write: PrivilegedWrite
    token: str


class PrivilegedWritten(Answer, frozen=True):
    """The result of such a write, or the `kind` of its error, with the error's code and sentence."""

    outcome: WriteOutcome | None
    kind: str = ""
    code: str = ""
    why: str = ""


class BeginSession(Request, frozen=True):
    """Begin a session of a user, whose password the call process checks; see SessionMaker."""

    user: Line
    password: Line
    program: Line
    lasts: Annotated[int, Meta(gt=0, le=LASTS)] = LASTS  # microseconds


class SessionBegun(Answer, frozen=True):
    """The session; or the `kind` of the error, with its code and sentence."""

    session: NewSession | None
    kind: str = ""
    code: str = ""
    why: str = ""


class EndSession(Request, frozen=True):
    """End the session of a token; the answer is a RecordWritten, whose result is the number of ended sessions."""

    token: Line


class ReadAudio(Request, frozen=True):
    """Read a piece of a recording's file for a client, whose token the call process checks; see AudioSource."""

    recording: str
    token: str
    offset: Annotated[int, Meta(le=2**63 - 1)]  # bytes
    most: Annotated[int, Meta(ge=0, le=PIECE)] = PIECE  # bytes


class AudioRead(Answer, frozen=True):
    """A piece of a file, or the `kind` of the error, with its code and sentence."""

    piece: AudioPiece | None
    kind: str = ""
    code: str = ""
    why: str = ""


About = FindOrphans | FindConversation | ReadFigures | ChangeDialStop | AskPhoneToken | AskTurnCredential | ReportPage
ToWrite = WriteRecord | WritePrivileged | BeginSession | EndSession
ToCalls = Hello | GiveCommand | About | ToWrite | ReadAudio | TakeWork | FinishWork
State = StateBegins | StatePart | StateEnds | Changes | Heartbeat
Written = RecordWritten | PrivilegedWritten | SessionBegun
FromCalls = Welcome | Refusal | State | CommandAnswer | Written | AudioRead | OpenWork | Found
