"""The messages between the call process and the other processes.

A connection begins with Hello, and Welcome or Refusal. A follower then gets the whole live state, and each later
commit. Requests have ids, which their answers repeat.
"""

from msgspec import Raw, field

from ari_app.link.first_message import Hello, Message
from ari_app.live.committed_turns import JournalRow
from ari_app.live.server_records import ServerReach
from warmline.core.model.dialler import PulseFacts
from warmline.store.journal.storage_state import GOOD, StorageState

# -- requests: see requests.py --


class Request(Message, frozen=True):
    """A call of a method; `id` is the sender's number for it. Its answer is Returned or Raised."""

    id: int
    method: str
    arguments: Raw


class Returned(Message, frozen=True):
    """The result of a request; `id` is the request's."""

    id: int
    value: Raw


class Raised(Message, frozen=True):
    """The error of a request: its class, its code and its sentence. A class that the request does not have is ""."""

    id: int
    error: str
    code: str
    why: str


# -- the beginning of a connection --


class Welcome(Message, frozen=True):
    """The call process accepts the connection. `beginning` is a new word for each of its starts.

    `epoch` is that of its lease, with a database of PostgreSQL.
    """

    version: int
    beginning: str
    epoch: int = 0


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
    servers: dict[str, ServerReach] = field(default_factory=dict)


ToCalls = Hello | Request
State = StateBegins | StatePart | StateEnds | Changes | Heartbeat
Answer = Returned | Raised
FromCalls = Welcome | Refusal | State | Answer
