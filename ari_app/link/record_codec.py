"""Live records, the configuration and commands, as messages have them."""

import logging
from collections.abc import Callable, Iterable
from typing import Any, cast

import msgspec

from ari_app.link.messages import LiveRecord
from warmline.core.indexes.record_table import RecordTable
from warmline.core.model.call import Call
from warmline.core.model.clock_correction import ClockCorrection
from warmline.core.model.dialler import Dialler
from warmline.core.model.leg import Leg
from warmline.core.model.queue_wait import QueueWait
from warmline.core.model.receipt import Receipt
from warmline.core.model.recording import Recording
from warmline.core.model.server import MediaServer
from warmline.core.model.session import Session
from warmline.core.rules.configuration import Rules
from warmline.core.world.world import OpenRecord, World
from warmline.store.journal import command_codec, open_state
from warmline.store.journal.projections import TABLES

# the APIs read no others
FOLLOWED = (Call, Leg, Session, Receipt, Recording, QueueWait, Dialler, MediaServer, ClockCorrection)
KINDS = {TABLES[kind].name: kind for kind in FOLLOWED}
UNREADABLE = (AssertionError, LookupError, ValueError, TypeError, msgspec.DecodeError)  # of records and of their order
DECODERS = {name: msgspec.json.Decoder(kind, dec_hook=command_codec.stored) for name, kind in KINDS.items()}

log = logging.getLogger("warmline.link")


def of_world(world: World) -> Iterable[LiveRecord]:
    """Yield every followed record that is open."""
    for record in world.iterate_open_records():
        if isinstance(record, FOLLOWED) and (message := encoded(record, is_open=True)).is_open:
            yield message


def encoded(record: OpenRecord, body_of: Callable[[OpenRecord], bytes] | None = None, *, is_open: bool) -> LiveRecord:
    """Return the message of a record; a closed one has no body, unless it is a receipt.

    `body_of` is `open_state.body`, or remembers what that returned.

    A record that cannot be encoded becomes a closed one, so followers have all others.
    """
    kind = TABLES[type(record)].name
    try:
        body = (body_of or open_state.body)(record) if is_open or isinstance(record, Receipt) else b""
    except Exception:  # no bug in a view may end the loop of the calls
        log.exception("other processes miss the %s %s", kind, record.id)
        return LiveRecord(kind, record.id, False, b"")
    return LiveRecord(kind, record.id, is_open, body)


def decoded(message: LiveRecord) -> OpenRecord:
    """Return the record of a message with a body. Raises msgspec.ValidationError, ValueError."""
    return cast(OpenRecord, DECODERS[message.kind].decode(message.body))


def encoded_rules(rules: Rules) -> bytes:
    """Return the configuration as JSON."""
    return msgspec.json.encode(rules)


def decoded_rules(body: bytes) -> Rules:
    """Return the configuration. Raises msgspec.ValidationError."""
    return msgspec.json.decode(body, type=Rules)


def table_of(world: World, kind: type) -> RecordTable[Any]:
    """Return the world's table of a followed kind."""
    tables: dict[type, RecordTable[Any]] = {
        Call: world.calls,
        Leg: world.legs,
        Session: world.sessions,
        Receipt: world.receipts,
        Recording: world.recordings,
        QueueWait: world.waits,
        Dialler: world.diallers,
        MediaServer: world.servers,
        ClockCorrection: world.clock_corrections,
    }
    return tables[kind]
