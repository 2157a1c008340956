"""Writes the tables of docs/reference/agent-api.md from the tables of the API."""

from ari_app.http.agc.functions import caller_id, park_call, transfer_conference
from ari_app.http.agc.functions.function_table import FUNCTIONS, NOT_SUPPORTED
from ari_app.http.agc.requests.request_context import STATUS
from tools.pages.marked_text import PROJECT, cell, rows, with_tables
from warmline.core.messages.commands import Kind
from warmline.core.model.transition_tables import COMMANDS

PAGE = PROJECT / "docs/reference/agent-api.md"


def functions() -> str:
    """Return a row for each function: its parameters, effect, differences from VICIdial, and their reasons."""
    return rows(
        ("function", "needs", "what happens", "otherwise than in VICIdial"),
        *((f"`{name}`", *map(cell, (row.needs, row.does, row.differs))) for name, row in FUNCTIONS.items()),
    )


def transfers() -> str:
    """Return a row for each value of transfer_conference."""
    return rows(
        ("value", "what happens", "in the states"),
        *((f"`{kind}`", does, _states(kind)) for kind, does in transfer_conference.VALUES.items()),
    )


def parks() -> str:
    """Return a row for each value of park_call."""
    return rows(
        ("value", "what happens", "in the states"),
        *((f"`{value}`", does, _states(park_call.GIVES[value].kind)) for value, does in park_call.VALUES.items()),
    )


def choices() -> str:
    """Return a row for each value of cid_choice."""
    return rows(
        ("cid_choice", "the third party sees"),
        *((f"`{choice}`", what) for choice, what in caller_id.CHOICES.items()),
    )


def statuses() -> str:
    """Return a row for each state of an agent in the API's words."""
    return rows(("the agent is", "the API says"), *(STATUS.items()))


def not_supported() -> str:
    """Return the functions that are answered with "function not supported"."""
    return rows(("function", "why"), *((f"`{name}`", why) for name, why in NOT_SUPPORTED.items()))


def _states(kind: Kind) -> str:
    return ", ".join(COMMANDS[kind])


TABLES = {
    "functions": functions,
    "transfers": transfers,
    "parks": parks,
    "choices": choices,
    "statuses": statuses,
    "not-supported": not_supported,
}


def filled(text: str) -> str:
    """Return the page with new tables."""
    return with_tables(text, TABLES)
