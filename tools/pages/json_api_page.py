"""Writes json-addresses.md, rights-tables.md and screen-sections.md of docs/reference/generated."""

import typing
from collections.abc import Iterable, Iterator

from ari_app.http.openapi.openapi_document import PREFIX
from ari_app.http.openapi.route_table import ROUTES
from ari_app.http.screen.overview_records import OverviewScreen
from ari_app.http.screen.screen_records import AgentScreen
from ari_app.http.screen.screen_routes import SCOPES
from ari_app.http.v1 import agent_bounds
from ari_app.http.v1.api_route import ApiRoute
from ari_app.http.v1.bodies.request_bodies import Transfer
from ari_app.http.v1.campaign_bounds import NO_CAMPAIGN, OF_ROUTES
from ari_app.http.v1.command_routes import NAMES
from cli.tree.root_rows import ROOT
from cli.tree.tree_row import Row, TreeCommand, TreeGroup, rows_of
from tools.pages.marked_text import GENERATED, cell, rows, whole_page
from warmline.access.rights import RIGHTS, Reach, UserRole, reach, reach_of_whole
from warmline.core.commands.command_registry import REGISTERED_COMMANDS
from warmline.core.rules.reasons import list_reasons
from warmline.core.screen.allowed_commands import AGENT_KINDS

PAGE, RIGHTS_PAGE, SCREEN_PAGE = (
    GENERATED / f"{name}.md" for name in ("json-addresses", "rights-tables", "screen-sections")
)
HEAD = """Every address of `/api/v1` and every reason of the status 409. [The JSON API](../json-api.md) explains how
to use them."""
RIGHTS_HEAD = """What each role may do, by scope, command, address and id. [Rights of users](../rights.md) explains
roles, groups and what `allowed_campaigns` bounds. A program with a token reaches everything that its scopes name."""
SCREEN_HEAD = """The sections of a page of the workspace, and the commands that a screen can allow. [Screen
state](../screen-state.md) explains when a section is null, how the feed sends changes, and what follows from
`commands`."""
IDS = "## Ids of another group\n\n"  # `python -m tests.http.people.ids_of_others` writes what follows
# The sections of an agent's screen that are no records.
PLAIN = {
    "script": "The script of the agent's campaign with the values of the call, the lead and this agent.",
    "notes": "The notes of the call that are not in a disposition yet.",
    "typed_notes": "The notes on a page of the agent that are not saved yet.",
    "callbacks_due": "How many callbacks are due that the agent may make: the own ones, and those of no agent in the "
    "campaigns of the group.",
}
REACHES = {Reach.NONE: "no", Reach.OWN: "own", Reach.GROUP: "group", Reach.ALL: "all"}


def addresses() -> str:
    """Return a row for each address, then one for each kind of transfer."""
    told = ((f"`{route.method} {PREFIX}{route.path}`", f"`{route.scope}`", route.summary) for route in ROUTES)
    kinds = ((f"`{kind.__struct_config__.tag}`", " ".join((kind.__doc__ or "").split())) for kind in Transfer.__args__)
    return f"{rows(('address', 'scope', 'what it does'), *told)}\n\n{rows(('transfer', 'what it does'), *kinds)}"


def reasons() -> str:
    """Return a row for each reason: its code and its sentence."""
    return rows(("`code`", "`detail`"), *((f"`{one.code}`", f"`{cell(one.sentence)}`") for one in list_reasons()))


def filled(_text: str) -> str:
    """Return the page of addresses."""
    of_409 = """A reason that is not in this list, such as one in a receipt of an older version, has the code
`command_refused`. Text in braces is replaced by a value."""
    return whole_page(
        "Addresses of the JSON API", HEAD, "## Addresses", addresses(), "## Reasons of 409", of_409, reasons()
    )


def reach_at(route: ApiRoute, role: UserRole) -> Reach:
    """Return how far a role's right reaches at a route that has a scope."""
    if route.bound is agent_bounds.EVERYTHING:
        return reach_of_whole(role, route.scope)
    found = reach(role, route.scope)
    if route.bound is agent_bounds.FOR_ALL and found is not Reach.NONE:
        return Reach.ALL
    return Reach.NONE if route.bound is agent_bounds.STORY and found is Reach.OWN else found


def scopes() -> str:
    """Return a row for each scope."""
    told = ((f"`{scope}`", *(REACHES[given[role]] for role in UserRole)) for scope, given in RIGHTS.items())
    return rows(("scope", *UserRole), *told)


def routes() -> str:
    """Return a row for each route and its reach by role."""
    told = (
        (
            f"`{route.method} {PREFIX}{route.path}`",
            route.bound.words,
            (route.campaign_bound or OF_ROUTES.get(route.name, NO_CAMPAIGN)).words,
            *(REACHES[reach_at(route, role)] if route.scope else "yes" for role in UserRole),
        )
        for route in ROUTES
    )
    return rows(("address", "bound to", "bound to campaigns", *UserRole), *told)


def commands() -> str:
    """Return a row for each scope, with the commands that take it and its reach by role.

    Commands about what belongs to no single agent have a row of their own, if a role is refused there.
    """
    by: dict[tuple[str, tuple[Reach, ...]], list[str]] = {}
    for path, row in _commands(ROOT):
        if row.access in RIGHTS:
            reaches = tuple(reach_at_command(row, role) for role in UserRole)
            by.setdefault((row.access, reaches), []).append(f"`{' '.join(path)}`")
    told = (
        (f"`{scope}`", ", ".join(named), *(REACHES[one] for one in reaches))
        for (scope, reaches), named in sorted(by.items(), key=lambda row: row[0][0])
    )
    return rows(("scope", "commands", *UserRole), *told)


def reach_at_command(row: Row, role: UserRole) -> Reach:
    """Return how far a role's right reaches at a command that has a scope."""
    whole = isinstance(row, TreeCommand) and row.whole
    return (reach_of_whole if whole else reach)(role, row.access)


def _commands(of: Iterable[Row], path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Row]]:
    """Yield each command with its words."""
    for row in of:
        if isinstance(row, TreeGroup):
            if row.target:
                yield (*path, row.name), row
            yield from _commands(rows_of(row), (*path, row.name))
        else:
            yield (*path, row.name), row


def rights_filled(text: str) -> str:
    """Return the page of rights; the table of ids stays as it is."""
    tables = ("## Scopes", scopes(), "## Commands", commands(), "## Addresses", routes())
    return whole_page("Tables of rights", RIGHTS_HEAD, *tables, IDS + text.partition(IDS)[2])


def sections(screen: type) -> str:
    """Return a row for each section of a screen: its fields, its scope and its meaning."""
    told = ((name, next(_records(of), None)) for name, of in typing.get_type_hints(screen).items())
    return rows(
        ("section", "fields", "scope besides `agents:read`", "meaning"),
        *(
            (
                f"`{name}`",
                " ".join(f"`{field}`" for field in typing.get_type_hints(record)) if record else "",
                f"`{SCOPES[name]}`" if name in SCOPES else "",
                cell(" ".join((record.__doc__ or "").split())) if record else PLAIN[name],
            )
            for name, record in told
        ),
    )


def _records(of: object) -> Iterator[type]:
    """Yield the records in the type of a section, such as a list or a map of records."""
    if isinstance(of, type) and hasattr(of, "__struct_fields__"):
        yield of
    for part in typing.get_args(of):
        yield from _records(part)


def allowed() -> str:
    """Return a row for each command of the section `commands`."""
    told = ((f"`{NAMES[kind]}`", f"`{kind}`", cell(REGISTERED_COMMANDS[kind].help)) for kind in AGENT_KINDS)
    return rows(("name", "kind in receipts", "what it does"), *told)


def screen_filled(_text: str) -> str:
    """Return the page of the screen state."""
    agent = ("## An agent's screen", sections(AgentScreen), "## Commands", allowed())
    return whole_page("Sections of a screen", SCREEN_HEAD, *agent, "## The overview", sections(OverviewScreen))
