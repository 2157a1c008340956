"""One record of each kind, and an entry that contains it."""

from warmline.core.messages.call_command_types import Leave3WayCall
from warmline.core.messages.fallback_messages import FallbackTaken
from warmline.core.messages.leg_messages import LegJoined
from warmline.core.model.call import Call
from warmline.core.model.call_states import AgentState, Direction, Origin, State
from warmline.core.model.disposition_entry import DispositionEntry
from warmline.core.model.leg import Leg, Role
from warmline.core.model.receipt import Outcome, Receipt
from warmline.core.model.recording import Recording
from warmline.core.model.session import AgentInterval, Session
from warmline.core.rules.recording_rules import Track
from warmline.core.world.world import OpenRecord
from warmline.store.journal.journal_entry import JournalEntry

CALL = Call(
    id="01CALL",
    agc_id="Y0000000000000000001",
    direction=Direction.IN,
    origin=Origin.CALLER,
    state=State.TALKING,
    since=10,
    arrived=5,
    number="5551234",
)
LEG = Leg(id="1700000000.1", role=Role.CUSTOMER, owner="01CALL", number="5551234", created=5, answered=6)
SESSION = Session(
    id="01SESSION",
    agent="1000",
    phone="1000",
    campaign="TESTCAMP",
    ingroups=("SALESLINE", "AGENTDIRECT"),
    conf_exten="8600051",
    leg="1700000000.0",
    state=AgentState.INCALL,
    since=10,
    interval="01INTERVAL",
    started=1,
)
INTERVAL = AgentInterval(
    id="01INTERVAL",
    session="01SESSION",
    agent="1000",
    state=AgentState.INCALL,
    pause_code="",
    call="01CALL",
    started=10,
)
RECEIPT = Receipt(
    id="01RECEIPT",
    command=Leave3WayCall("1000"),
    call="01CALL",
    requested=20,
    outcome=Outcome.COMPLETED,
    steps=(("accepted", 20), ("out", 22)),
)
RECORDING = Recording(id="01CALL-1", call="01CALL", kind=Track.CALL, reason="ALLCALLS", agent="1000", asked=11)
DISPOSITION = DispositionEntry(id="01DISPO", call="01CALL", agent="1000", status="SALE", at=30)
TAKEN = FallbackTaken(call="01AWAY", at=7, number="5550000", dialled="8005550100", reason="the app is away")

OPEN: tuple[OpenRecord, ...] = (CALL, LEG, SESSION, INTERVAL, RECEIPT, RECORDING)


def entry(at: int, *changes: tuple[OpenRecord | FallbackTaken, bool], call: str = "01CALL") -> JournalEntry:
    """Return an input at that time that changed these records."""
    return JournalEntry(at, "leg.joined", call, "1000", LegJoined("1700000000.1", f"room-{at}"), changes)
