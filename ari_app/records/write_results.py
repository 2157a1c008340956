"""The results of writes that need a scope: what has changed, for which client, or why nothing has."""

from typing import Any, NamedTuple

from msgspec import Struct

from warmline.store.leads.list_change import ChangedLeads
from warmline.text.coded_error import CodedError


class EntityChange(Struct, frozen=True):
    """The change of one entity, made or planned. `locked` are required secrets that it does not have."""

    action: str
    kind: str
    name: str
    before: dict[str, Any]
    after: dict[str, Any]
    locked: list[str]


class WriteOutcome(Struct, frozen=True):
    """The result of a write: how many records it changed, the revision that it made or 0, and the changes of a plan.

    `lost` are the secrets that an undo cannot restore. `after` is the lead at which a list goes on, or the newest one
    after some were added; 0 for none. `known` counts the added leads that the database had before, and `held` how long
    it was locked, in milliseconds. `leads` is the result of a step in a list of leads. `comment` is the number of a new
    comment on a call, and `answer` the JSON of an operation.
    """

    count: int = 0
    revision: int = 0
    changes: list[EntityChange] = []
    lost: list[str] = []
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


class WriteRefused(CodedError):
    """The write is not made: the token does not allow it, or too many writes wait."""


def not_on_screen(agent: str, lead: int) -> WriteRefused:
    """Return the refusal of a change to a lead that the agent has not, or no longer, on the screen."""
    return WriteRefused(
        "lead_not_on_screen",
        "agent {agent} does not have lead {lead} on the screen now; reload the lead",
        agent=agent,
        lead=lead,
    )
