"""The functions about single calls: those of a number, those to a DID, and one by its id."""

from warmline.core.model.call_states import Direction, Origin
from warmline.core.model.queue_wait import WaitStatus
from warmline.store.database.reading import Row
from warmline_contrib.vicidial_api.lookups import call_lookups
from warmline_contrib.vicidial_api.lookups.call_lookups import CallBound
from warmline_contrib.vicidial_api.requests import periods
from warmline_contrib.vicidial_api.requests.answer_rows import time_of
from warmline_contrib.vicidial_api.requests.non_agent_request import NonAgentRequest

SCOPE, OF_LEADS = "calls:read", "leads:read"
MOST_NUMBERS = 100  # in a request
SHORTEST, LONGEST = 18, 39  # characters of the id of a call
BEGINNINGS = ("Y", "J", "V", "M", "DC", "S", "LP", "XL")  # of the id of a call, by its kind in VICIdial
OF_NUMBER = (
    *("phone_number", "call_date", "list_id", "length_in_sec", "lead_status", "hangup_reason", "call_status"),
    *("source_id", "user"),
)
OF_DID = ("did_number", "call_date", "caller_id_number", "length_in_sec")  # the rows have the caller before the time
OF_CALL = ("call_id", "custtime")
DETAILS = ("call_date", "phone", "call_type", "campaign_id", "list_id", "status", "user")
SHORTEST_NUMBER = 4  # digits
DIRECTIONS = {"IN": Direction.IN, "OUT": Direction.OUT, "ALL": None}  # every other word means OUT
LAST = "LAST"  # of `detail`: only the last call of each direction
DIALLER, CALLER = "VDAD", "VDCL"  # the user of a call that no agent had
# The end of a caller's call that no agent took, by its status; any other one gave up.
ENDS = {WaitStatus.TIMEOT: "QUEUETIMEOUT", "AFTHRS": "AFTERHOURS", "NANQUE": "NOAGENT", "CLOSOP": "AFTERHOURS"}


async def phone_number_log(asked: NonAgentRequest) -> str:
    """Answer with the calls from and to some numbers, the newest of each first, or a notice that there are none."""
    given = asked["phone_number"]
    numbers = [number for number in given.split(",") if number][:MOST_NUMBERS]
    numbers = [number for number in numbers if len(number) >= SHORTEST_NUMBER]
    if not numbers:
        return asked.error(f"NO VALID PHONE NUMBERS DEFINED: {asked.by}|{given}|{asked['date']}")
    wanted = DIRECTIONS.get(asked["type"], Direction.OUT)
    calls: list[Row] = []
    for number in numbers:
        found = await asked.look(call_lookups.of_number, _bound(asked), number, wanted)
        if asked["detail"].upper() == LAST:
            last = {call["direction"]: call for call in reversed(found)}
            found = [call for call in found if call is last[call["direction"]]]
        calls += found
    if not calls:
        return asked.line("NOTICE", f"NO RECORDS FOUND FOR THIS PHONE NUMBER - {asked.by}|{given}||")
    return asked.separators.page(OF_NUMBER, (_of_number(asked, call) for call in calls))


def _of_number(asked: NonAgentRequest, call: Row) -> list[object]:
    sees = asked.user.may(OF_LEADS)
    return [
        *(call["number"].lstrip("+"), time_of(call["arrived"], asked.zone), call["list_id"]),
        *(call["length"] // 1_000_000, call["lead_status"] if sees else "", _ended_by(call), _status(call)),
        *(call["source_id"] if sees else "", _user(call)),
    ]


async def did_log_export(asked: NonAgentRequest) -> str:
    """Answer with the calls to a DID on one day, the newest first."""
    did, date = asked["phone_number"], asked["date"]
    period = periods.day(date, asked.zone)
    if not did or period is None:
        return asked.error(f"INVALID SEARCH PARAMETERS: {asked.by}|{did}|{date}")
    found = await asked.look(call_lookups.of_did, _bound(asked), did, *period)
    if not found:
        return asked.error(f"NO RECORDS FOUND - {asked.by}|||{date}")
    rows = (
        (did, call["number"].lstrip("+"), time_of(call["arrived"], asked.zone), call["length"] // 1_000_000)
        for call in found
    )
    return asked.separators.page(OF_DID, rows)


async def callid_info(asked: NonAgentRequest) -> str:
    """Answer with the length of a call, and with `detail=YES` with its time, its parties and its result."""
    wanted = asked["call_id"]
    if not SHORTEST <= len(wanted) <= LONGEST or not wanted.startswith(BEGINNINGS):
        return asked.error(f"INVALID SEARCH PARAMETERS: {asked.by}|{wanted}")
    call = await asked.look(call_lookups.with_id, _bound(asked), wanted)
    if call is None:
        return asked.error(f"CALL NOT FOUND: {asked.by}|")
    row: list[object] = [call["agc_id"], call["length"] // 1_000_000]
    if not asked.shows("detail"):
        return asked.separators.page(OF_CALL, [row])
    inward = call["direction"] == Direction.IN
    row += [time_of(call["arrived"], asked.zone), call["number"].lstrip("+"), _type(call)]
    row += [call["ingroup"] if inward else call["campaign"], call["list_id"], _status(call), _user(call)]
    return asked.separators.page((*OF_CALL, *DETAILS), [row])


def _bound(asked: NonAgentRequest) -> CallBound:
    return CallBound(asked.now, asked.visible(SCOPE))


def _status(call: Row) -> str:
    """Return the code of a call, or the word for its state while it has none: DISPO until its agent gives one."""
    if call["code"] or (call["ended"] is not None and not call["user"]):
        return str(call["code"])
    if call["ended"] is not None:
        return "DISPO"
    return "QUEUE" if call["direction"] == Direction.IN and not call["user"] else "INCALL"


def _type(call: Row) -> str:
    if call["direction"] == Direction.IN:
        return "INBOUND"
    return "OUTBOUND_AUTO" if call["origin"] == Origin.DIALLER else "OUTBOUND_MANUAL"


def _user(call: Row) -> str:
    return call["user"] or (CALLER if call["direction"] == Direction.IN else DIALLER)


def _ended_by(call: Row) -> str:
    """Return the party that ended a call, in the words of answers."""
    if call["connected"] is None:
        return ENDS.get(call["code"], "ABANDON") if call["direction"] == Direction.IN else "NONE"
    by = str(call["ended_by"])
    return "CALLER" if by in ("customer", "lead") else "AGENT" if by.startswith("agent") else "NONE"
