"""Writes the tables of docs/reference/json-api.md: reasons of 409, addresses and transfers."""

from ari_app.http.openapi.openapi_document import PREFIX
from ari_app.http.openapi.route_table import ROUTES
from ari_app.http.v1.request_bodies import Transfer
from pages.marked_text import PROJECT, cell, rows, with_tables
from warmline.core.rules.reasons import every

PAGE = PROJECT / "docs/reference/json-api.md"


def addresses() -> str:
    """Return a row for each address, then one for each kind of transfer."""
    told = ((f"`{route.method} {PREFIX}{route.path}`", f"`{route.scope}`", route.summary) for route in ROUTES)
    kinds = ((f"`{kind.__struct_config__.tag}`", " ".join((kind.__doc__ or "").split())) for kind in Transfer.__args__)
    return f"{rows(('address', 'scope', 'what it does'), *told)}\n\n{rows(('transfer', 'what it does'), *kinds)}"


def reasons() -> str:
    """Return a row for each reason: its code and its sentence."""
    return rows(("`code`", "`detail`"), *((f"`{one.code}`", f"`{cell(one.sentence)}`") for one in every()))


def filled(text: str) -> str:
    """Return the page with new tables."""
    return with_tables(text, {"reasons": reasons, "addresses": addresses})
