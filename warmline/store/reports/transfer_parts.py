"""The parts of a transfer in SQL, for all reports and views: its dial, its closer, and when the others were alone."""
# ruff: noqa: S608 - only constants of the code

from collections.abc import Iterable

from warmline.core.messages.commands import Kind
from warmline.core.model.call_states import AgentState
from warmline.core.model.receipt import Outcome

DIALS = (Kind.DIAL_WITH_CUSTOMER, Kind.PARK_CUSTOMER_DIAL)
ENDS = (Kind.LEAVE_3WAY_CALL, Kind.HANGUP_XFER)  # the ends of what a dial began
LEAVES = (Kind.LEAVE_3WAY_CALL, Kind.BLIND_TRANSFER)


def quoted(kinds: Iterable[str]) -> str:
    """Return the kinds as a list of SQL, without its brackets."""
    return ", ".join(f"'{kind}'" for kind in kinds)


def dial_before(end: str) -> str:
    """Return a subquery: the id of the dial that a leave or a hang-up ended, of the same agent in the same call.

    `end` is the alias of the receipt of the leave or hang-up. Other kinds and refused commands have no dial.
    """
    return f"""(
        SELECT earlier.id FROM receipt AS earlier
        WHERE earlier.call = {end}.call AND earlier.agent = {end}.agent AND earlier.requested < {end}.requested
            AND (earlier.outcome = '{Outcome.COMPLETED}' OR ifnull(earlier.ended, {end}.requested) >= {end}.requested)
            AND earlier.kind IN ({quoted(DIALS)}) AND {end}.kind IN ({quoted(ENDS)})
            AND {end}.outcome IS NOT '{Outcome.REFUSED}' AND {end}.call <> ''
        ORDER BY earlier.requested DESC LIMIT 1
    )"""


# Each receipt with its call, the dial that it ended, and the closer in the call at that time.
RECEIPTS = f"""FROM receipt
    LEFT JOIN call ON call.id = receipt.call
    LEFT JOIN receipt AS dial ON dial.id = {dial_before("receipt")}
    LEFT JOIN agent_interval AS closer ON closer.id = (
        SELECT stretch.id FROM agent_interval AS stretch
        WHERE stretch.call = receipt.call AND stretch.call <> '' AND stretch.agent <> receipt.agent
            AND stretch.state = '{AgentState.INCALL}' AND stretch.started <= receipt.ended
            AND ifnull(stretch.ended, receipt.ended) >= receipt.ended
            AND receipt.kind = '{Kind.LEAVE_3WAY_CALL}' AND receipt.outcome = '{Outcome.COMPLETED}'
        ORDER BY stretch.started DESC LIMIT 1
    )"""

# Customer and third party are left alone once at most, by the last leave before that time.
LEFT_ALONE = f"""CASE WHEN receipt.kind IN ({quoted(LEAVES)}) AND call."left" >= receipt.requested AND NOT EXISTS (
        SELECT 1 FROM receipt AS later WHERE later.call = receipt.call AND later.kind IN ({quoted(LEAVES)})
            AND later.outcome = '{Outcome.COMPLETED}' AND later.requested > receipt.requested
            AND later.requested <= call."left"
    ) THEN call."left" END"""
