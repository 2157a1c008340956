"""The table of addresses in docs/json-api.md. `python -m pages.json_api_page` writes it."""

from ari_app.http.v1.openapi import PREFIX
from ari_app.http.v1.request_bodies import Transfer
from ari_app.http.v1.route_table import ROUTES
from pages.behaviour_page import PROJECT, rows

PAGE = PROJECT / "docs/json-api.md"
BEGIN, END = "<!-- addresses -->\n", "\n<!-- end -->"


def addresses() -> str:
    """A row for each address, then one for each kind of transfer."""
    told = ((f"`{route.method} {PREFIX}{route.path}`", f"`{route.scope}`", route.summary) for route in ROUTES)
    kinds = ((f"`{kind.__struct_config__.tag}`", " ".join((kind.__doc__ or "").split())) for kind in Transfer.__args__)
    return f"{rows(('address', 'scope', 'what it does'), *told)}\n\n{rows(('transfer', 'what it does'), *kinds)}"


def filled(page: str) -> str:
    """The page with the table as it is now."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}{addresses()}{END}{after}"


if __name__ == "__main__":
    PAGE.write_text(filled(PAGE.read_text()))
