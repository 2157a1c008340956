"""Why the last call of an agent ended for them: who did what. The wrap-up says so."""

import json
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

from warmline.core.messages.commands import Kind
from warmline.core.model.call_states import AgentState, State
from warmline.core.model.receipt import Outcome
from warmline.core.receipts.command_ends import (
    CUSTOMER_CALLS,
    THIRD_PARTY_CALLS,
    EndedCommand,
    count_seconds,
    describe_end,
    name_called_party,
)
from warmline.store.calls import agents_of_calls
from warmline.store.database.reading import Row, reading, rows

NEAR = 2_000_000  # microseconds between a command that takes an agent out of a call, and the end of their part
ENDS = (Kind.HANGUP, Kind.HANGUP_BOTH, Kind.END_CALL, Kind.HANGUP_CUSTOMER)
GIVES = (Kind.BLIND_TRANSFER, Kind.LOCAL_CLOSER)

# The time without the customer, and that of a lost phone, belong to the call for the agent, too. That in which they
# would take the customer back does not.
LEFT = f"""
    SELECT max(ended) AS ended FROM agent_interval
    WHERE call = :call AND call <> '' AND agent = :agent AND state NOT IN ('{AgentState.DISPO}', '{AgentState.QUEUE}')
"""  # noqa: S608 - only constants of the code
# The call has its own end later, once the last line has left it. A call that went on has left a trace.
CALL = f"""
    SELECT ended_by, last_agent, ifnull(nullif(full_name, ''), 'agent ' || last_agent) AS last_name,
        state <> '{State.ENDED}' OR "left" >= :left
        OR EXISTS (SELECT 1 FROM queue_wait WHERE call = past.id AND entered >= :left)
        OR EXISTS (SELECT 1 FROM agent_interval WHERE call = past.id AND agent <> :agent AND ended > :left + {NEAR}
            AND state <> '{AgentState.DISPO}') AS went_on
    FROM call AS past LEFT JOIN known_agent ON known_agent.id = last_agent WHERE past.id = :call
"""  # noqa: S608 - only constants of the code
# Those that still run as well: a blind transfer lets the agent go before it ends.
COMMANDS = f"""
    SELECT kind, receipt.agent, number, ingroup, to_agent, requested, receipt.ended, outcome, cause, steps,
        ifnull(taker.full_name, '') AS to_name, ifnull(group_name, '') AS group_name,
        ifnull(nullif(giver.full_name, ''), 'agent ' || receipt.agent) AS agent_name,
        ifnull(nullif(user.full_name, ''), "by") AS "by",
        receipt."by" LIKE 'user:%' AND ifnull(user.agent, '') <> :agent AS by_other
    FROM receipt LEFT JOIN user ON 'user:' || user.id = receipt."by"
        LEFT JOIN known_agent AS giver ON giver.id = receipt.agent
        LEFT JOIN known_agent AS taker ON taker.id = to_agent LEFT JOIN ingroup ON ingroup.id = receipt.ingroup
    WHERE call = :call AND ifnull(outcome, '') <> '{Outcome.REFUSED}'
        AND (receipt.agent IN (:agent, '') OR kind = '{Kind.HANGUP_XFER}')
    ORDER BY requested DESC, receipt.id DESC
"""  # noqa: S608 - only constants of the code
CUSTOMER, AGENT = ("customer_hung_up", "The customer hung up"), ("agent_hung_up", "You hung up")
BY_PARTY = {
    "customer": CUSTOMER,
    "lead": CUSTOMER,
    "third": ("third_party_hung_up", "The third party hung up, and the call was over"),
    "agent": AGENT,
    "agent_hung_up": AGENT,
    "operator": ("ended_by_other", "A supervisor or another program ended the call"),
    "asterisk": ("asterisk_lost", "Asterisk was lost or restarted, and the call was over"),
    "away": ("end_not_seen", "The call was over when Warmline started again"),
}
LOST = ("agent_phone_lost", "Your phone was off the line, and the call went on without you")
# The browser is the phone: it was closed, asleep, or without a network.
AWAY = ("agent_phone_lost", "Your computer was away, and the call went on without you")


class PartEnd(NamedTuple):
    """The end of an agent's part of a call: a code, a sentence, and how many seconds the part lasted."""

    code: str
    text: str
    seconds: int


def of_agent(path: str | Path, call: str, agent: str, *, in_browser: bool = False) -> PartEnd | None:
    """Return how the agent's last part of this call ended; None if it has none, or goes on. Raises StoreError.

    `in_browser`: the agent's page is the phone. A customer who was dialled and not reached has the end of the dial.
    """
    with reading(path) as db:
        parts = [part for part in agents_of_calls.read_call(db, call) if (part.call, part.user) == (call, agent)]
        left = next(iter(rows(db, LEFT, call=call, agent=agent)))["ended"]
        commands = rows(db, COMMANDS, call=call, agent=agent)
        ended = next(iter(rows(db, CALL, call=call, agent=agent, left=left)), None)
    if not parts or parts[-1].joined is None:
        return next(filter(None, map(_not_reached, commands)), None)
    if parts[-1].left is None or left is None:
        return None
    code, text = _by_command(commands, agent, left) or _by_party(ended, agent) or (AWAY if in_browser else LOST)
    return PartEnd(code, text, round((left - parts[-1].joined) / 1_000_000))


def _not_reached(command: Row) -> PartEnd | None:
    """Return the end of a dial that did not reach the customer."""
    if command["kind"] not in CUSTOMER_CALLS or command["outcome"] in (None, Outcome.COMPLETED):
        return None
    outcome, seconds = (
        Outcome(command["outcome"]),
        count_seconds(command["requested"], _steps(command), command["ended"]),
    )
    end = describe_end(EndedCommand(command["kind"], command["number"], outcome, command["cause"], seconds))
    return PartEnd(end.code, end.text, end.seconds)


def _by_command(commands: list[Row], agent: str, left: int) -> tuple[str, str] | None:
    """Return what the command says that took the agent out of the call, or None without one."""
    near = [(abs(at - left), row) for row in commands if (at := _took_effect(row)) and abs(at - left) <= NEAR]
    for _, row in sorted(near, key=itemgetter(0)):
        if row["agent"] not in (agent, ""):
            if row["kind"] == Kind.HANGUP_XFER:
                return "taken_out", f"{row['agent_name']} took you out of the call"
        elif row["kind"] == Kind.TAKE_CALL and row["to_agent"] != agent:
            return "call_moved", f"{row['by']} gave the call to {_called(row)}"
        elif row["kind"] in GIVES:
            return "call_given", f"{row['by'] if row['by_other'] else 'You'} gave the customer to {_called(row)}"
        elif row["kind"] in ENDS:
            return ("ended_by_other", f"{row['by']} ended the call") if row["by_other"] else AGENT
        elif row["kind"] == Kind.LEAVE_3WAY_CALL:
            return "agent_left", f"You left; the customer stayed with {_third(commands)}"
    return None


def _took_effect(command: Row) -> int | None:
    """Return when a command took an agent out of the call, if it did."""
    if command["kind"] == Kind.BLIND_TRANSFER:  # the agent goes when the number is dialled, whoever answers
        return dict(_steps(command)).get("dialling")
    return command["ended"] if command["outcome"] == Outcome.COMPLETED else None


def _steps(command: Row) -> tuple[tuple[str, int], ...]:
    return tuple((name, at) for name, at in json.loads(command["steps"]))


def _called(command: Row) -> str:
    """Return whom a command calls, by name."""
    name = command["to_name"] if command["to_agent"] else command["group_name"]
    called = name_called_party(command["number"], command["to_agent"], command["ingroup"])
    return called if command["number"] else name or called


def _third(commands: list[Row]) -> str:
    """Return whom the last dial called."""
    return next((_called(row) for row in commands if row["kind"] in THIRD_PARTY_CALLS), "the third party")


def _by_party(call: Row | None, agent: str) -> tuple[str, str] | None:
    """Return who ended the call; None if it went on without the agent."""
    if call is None or call["went_on"]:
        return None
    if BY_PARTY.get(call["ended_by"]) == AGENT and call["last_agent"] != agent:
        return "ended_by_other", f"{call['last_name']} ended the call"
    return BY_PARTY.get(call["ended_by"]) or ("call_over", f"The call ended: {call['ended_by']}")
