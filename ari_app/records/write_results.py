"""The results of writes that need a scope: what has changed, for which client, or why nothing has."""

from typing import NamedTuple

from msgspec import Struct

from warmline.operations.operation import WriteRefused as WriteRefused
from warmline.store.leads.list_change import ChangedLeads


class WriteOutcome(Struct, frozen=True):
    """The result of a write: how many records it changed.

    `after` is the lead at which a list goes on, or the newest one after some were added; 0 for none. `known` counts the
    added leads that the database had before, and `held` how long it was locked, in milliseconds. `leads` is the result
    of a step in a list of leads. `comment` is the number of a new comment on a call, and `answer` the JSON of an
    operation.
    """

    count: int = 0
    after: int = 0
    known: int = 0
    held: float = 0.0
    leads: ChangedLeads | None = None
    comment: int = 0
    answer: bytes = b""


class WriteClient(NamedTuple):
    """The client of a write: its name in the records, and its token."""

    name: str
    token: str


NOT_ON_SCREEN = "lead_not_on_screen"


def not_on_screen(agent: str, lead: int) -> WriteRefused:
    """Return the refusal of a change to a lead that the agent has not, or no longer, on the screen."""
    return WriteRefused(
        "lead_not_on_screen",
        "agent {agent} does not have lead {lead} on the screen now; reload the lead",
        agent=agent,
        lead=lead,
    )
