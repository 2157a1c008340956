"""Writes the table of addresses in docs/reference/json-api.md from the tables of the API."""

from ari_app.http.v1.openapi import PREFIX
from ari_app.http.v1.request_bodies import Transfer
from ari_app.http.v1.route_table import ROUTES
from pages.marked_text import PROJECT, rows, with_tables

PAGE = PROJECT / "docs/reference/json-api.md"


def addresses() -> str:
    """Return a row for each address, then one for each kind of transfer."""
    told = ((f"`{route.method} {PREFIX}{route.path}`", f"`{route.scope}`", route.summary) for route in ROUTES)
    kinds = ((f"`{kind.__struct_config__.tag}`", " ".join((kind.__doc__ or "").split())) for kind in Transfer.__args__)
    return f"{rows(('address', 'scope', 'what it does'), *told)}\n\n{rows(('transfer', 'what it does'), *kinds)}"


def filled(text: str) -> str:
    """Return the page with a new table."""
    return with_tables(text, {"addresses": addresses})
