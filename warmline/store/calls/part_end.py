"""Why the last call of an agent ended for them: who did what. The wrap-up says so."""

from pathlib import Path
from typing import NamedTuple

from warmline.core.messages.commands import Kind
from warmline.core.model.call_states import AgentState
from warmline.core.model.receipt import Outcome
from warmline.core.receipts.command_ends import THIRD_PARTY_CALLS, name_called_party
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
CALL = "SELECT ended, ended_by FROM call WHERE id = :call"
COMMANDS = f"""
    SELECT kind, number, ingroup, to_agent, receipt.ended, ifnull(nullif(full_name, ''), "by") AS "by",
        receipt."by" LIKE 'user:%' AND ifnull(user.agent, '') <> :agent AS by_other
    FROM receipt LEFT JOIN user ON 'user:' || user.id = receipt."by"
    WHERE call = :call AND receipt.agent IN (:agent, '') AND outcome = '{Outcome.COMPLETED}'
    ORDER BY receipt.ended DESC, receipt.id DESC
"""  # noqa: S608 - only constants of the code
BY_PARTY = {
    "customer": ("customer_hung_up", "The customer hung up"),
    "third": ("third_party_hung_up", "The third party hung up, and the call was over"),
    "agent": ("agent_hung_up", "You hung up"),
}


class PartEnd(NamedTuple):
    """The end of an agent's part of a call: a code, a sentence, and how many seconds the part lasted."""

    code: str
    text: str
    seconds: int


def of_agent(path: str | Path, call: str, agent: str) -> PartEnd | None:
    """Return how the agent's last part of this call ended; None if it has none, or goes on. Raises StoreError."""
    with reading(path) as db:
        parts = [part for part in agents_of_calls.read_call(db, call) if (part.call, part.user) == (call, agent)]
        left = next(iter(rows(db, LEFT, call=call, agent=agent)))["ended"]
        if not parts or parts[-1].joined is None or parts[-1].left is None or left is None:
            return None
        seconds = round((left - parts[-1].joined) / 1_000_000)
        commands = rows(db, COMMANDS, call=call, agent=agent)
        ended = next(iter(rows(db, CALL, call=call)), None)
    near = [row for row in commands if abs(row["ended"] - left) <= NEAR]
    code, text = _by_command(near, commands, agent) or _by_party(ended, left)
    return PartEnd(code, text, seconds)


def _by_command(near: list[Row], commands: list[Row], agent: str) -> tuple[str, str] | None:
    """Return what the command says that took the agent out of the call, or None without one."""
    for row in near:
        called, other = name_called_party(row["number"], row["to_agent"], row["ingroup"]), row["by_other"]
        if row["kind"] == Kind.TAKE_CALL and row["to_agent"] != agent:
            return "call_moved", f"{row['by']} gave the call to {called}"
        if row["kind"] in ENDS:
            return ("ended_by_other", f"{row['by']} ended the call") if other else BY_PARTY["agent"]
        if row["kind"] in GIVES:
            return "call_given", f"{row['by'] if other else 'You'} gave the customer to {called}"
        if row["kind"] == Kind.LEAVE_3WAY_CALL:
            return "agent_left", f"You left; the customer stayed with {_third(commands)}"
    return None


def _third(commands: list[Row]) -> str:
    """Return whom the last dial called."""
    dials = (row for row in commands if row["kind"] in THIRD_PARTY_CALLS)
    return next((name_called_party(row["number"], row["to_agent"], row["ingroup"]) for row in dials), "the third party")


def _by_party(call: Row | None, left: int) -> tuple[str, str]:
    """Return who ended the call, or else that the agent's phone left it: it went on, and no command says why."""
    if call is None or call["ended"] is None or abs(call["ended"] - left) > NEAR:
        return "agent_phone_lost", "Your phone was off the line, and the call went on without you"
    return BY_PARTY.get(call["ended_by"]) or ("call_over", f"The call ended: {call['ended_by']}")
