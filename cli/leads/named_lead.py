"""A lead of a command line: its id, or a number that one lead has."""

from typing import Annotated

import typer

from cli.client import lead_records
from cli.output.invalid_argument import InvalidArgument
from warmline.centre import app_client
from warmline.core.rules import number_text
from warmline.store.database.errors import NotFound
from warmline.store.leads.lead_search import LeadSearch

SHORTEST = 5  # digits of a number that is not an id
SHOWN = 5  # leads of a number that a message names

Lead = Annotated[
    str, typer.Argument(metavar="LEAD_ID", show_default=False, help="The lead's id, or the number of a lead.")
]


def id_of(text: str, command: str) -> int:
    """Return the id of the lead that a word names; an id takes precedence over a number.

    `command` is the one to repeat with an id, without `warmline`. Raises NotFound, InvalidArgument.
    """
    digits = number_text.to_digits(text)
    as_id = int(text) if text.isascii() and text.isdigit() else 0
    where = lead_records.at(app_client.records())
    if as_id:
        try:
            where.find(as_id)
        except NotFound:
            if len(digits) < SHORTEST:
                raise
        else:
            return as_id
    if len(digits) < SHORTEST:
        raise InvalidArgument(
            "lead_name_invalid",
            "LEAD_ID cannot be {value!r}; allowed: the id of a lead, from 1, or its number",
            value=text,
        )
    found = where.search(LeadSearch(number=text))
    if len(found) > 1:
        some = ", ".join(f"{one['lead_id']} (list {one['list_id']})" for one in found[:SHOWN])
        raise InvalidArgument(
            "lead_number_several",
            "{count} leads have the number {number}: {leads}; name one by its id: warmline {command} {first}",
            count=len(found),
            number=text,
            leads=some + (" …" if len(found) > SHOWN else ""),
            command=command,
            first=found[0]["lead_id"],
        )
    if not found:
        raise NotFound(
            "lead_number_unknown",
            "no lead has the id or the number {number}; to list leads: warmline lead list",
            number=text,
        )
    return int(found[0]["lead_id"])
