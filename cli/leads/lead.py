"""`warmline lead …`: whom to call, and who calls."""

from typing import Annotated, Any

import typer

from cli.arguments import completion
from cli.arguments.entity_arguments import split_pairs
from cli.leads import lead_edit
from cli.leads.lead_import import import_file
from cli.output.cell_format import moment, short
from cli.output.current_user import claimed_name
from cli.output.json_output import Json, print_json
from cli.output.table import print_table
from cli.output.time_format import iso
from warmline.leads.lead_fields import FIELDS, allowed
from warmline.options.entity import OptionError
from warmline.options.option_types import nearest
from warmline.store.database.reading import Row
from warmline.store.leads import leads
from warmline.system import settings

app = typer.Typer(help="Leads: whom to call, and who calls.", no_args_is_help=True)
app.command(
    "import", epilog="Example: warmline lead import autumn.csv --list 101 --columns Phone=phone_number --dry-run"
)(import_file)

LeadId = Annotated[int, typer.Argument(metavar="LEAD_ID", min=1, show_default=False)]
Pairs = Annotated[list[str], typer.Argument(metavar="FIELD=VALUE", show_default=False)]
OfList = Annotated[
    str,
    typer.Option(
        "--list", metavar="LIST", help="The list.", show_default=False, autocompletion=completion.names("list")
    ),
]
TIMES = ("entry_date", "modify_date", "last_call")


@app.command("list", epilog="Example: warmline lead list --list 101 --after 500")
def list_all(
    of: OfList = "",
    after: Annotated[int, typer.Option(min=0, help="Begin behind this lead_id.")] = 0,
    limit: Annotated[int, typer.Option(min=1, max=100_000, help="How many.")] = 100,
    as_json: Json = False,
) -> None:
    """Leads of a list, or of all, in the order in which they came."""
    found = leads.page(settings.load().db, of, after, limit + 1)
    more, found = len(found) > limit, found[:limit]
    _print(found, as_json, "There is no lead.")
    if more and not as_json:
        print(f"There are more: --after {found[-1]['lead_id']} goes on, --limit takes more at once.")


@app.command(epilog="Example: warmline lead show 17")
def show(lead: LeadId, as_json: Json = False) -> None:
    """Everything about a lead, and the calls there were with it."""
    path = settings.load().db
    found = leads.find(path, lead)
    calls = leads.history(path, found)
    if as_json:
        print_json(_json(found) | {"calls": [call | {"arrived": iso(call["arrived"])} for call in calls]})
        return
    print_table(("field", "value"), [(name, _text(name, value)) for name, value in found.items() if value != ""])
    if calls:
        print()
        print_table(
            ("call", "when", "number", "agent", "status"),
            [(short(c["id"]), _when(c["arrived"]), c["number"], c["last_agent"], c["status"]) for c in calls],
            free=(),
        )


@app.command(epilog="Example: warmline lead create --list 101 phone_number=8005551234 first_name=Ada")
def create(fields: Pairs, of: OfList, as_json: Json = False) -> None:
    """Make a lead."""
    path = settings.load().db
    made = leads.create(path, of, split_pairs(fields, "field=value"), who=claimed_name())
    if as_json:
        print_json(_json(leads.find(path, made)))
    else:
        print(f"lead {made} created in list {of}")


@app.command("set", epilog="Example: warmline lead set 17 last_name=Lovelace email=ada@example.org")
def set_fields(lead: LeadId, fields: Pairs, as_json: Json = False) -> None:
    """Change fields of a lead: all of them, or none."""
    path = settings.load().db
    changed = leads.update(path, lead, split_pairs(fields, "field=value"))
    if as_json:
        print_json(_json(leads.find(path, lead)))
    else:
        print(f"lead {lead}: {', '.join(changed) + ' changed' if changed else 'it was so already'}")


@app.command(epilog="Example: warmline lead edit 17")
def edit(lead: LeadId) -> None:
    """Change fields of a lead in your editor."""
    lead_edit.edit(lead)


@app.command(epilog="Example: warmline lead describe phone_number")
def describe(
    field: Annotated[
        str, typer.Argument(metavar="[FIELD]", show_default=False, autocompletion=lambda: list(FIELDS))
    ] = "",
    as_json: Json = False,
) -> None:
    """What fields a lead has, and what they may be."""
    if field and field not in FIELDS:
        raise OptionError(f"a lead has no field {field!r}: {nearest(field, FIELDS) or ', '.join(FIELDS)}")
    told = [(name, allowed(name)) for name in ([field] if field else FIELDS)]
    if as_json:
        print_json([{"field": name, "allowed": may} for name, may in told])
    else:
        print_table(("field", "what it may be"), told)


@app.command(epilog="Example: warmline lead delete 17")
def delete(lead: LeadId, as_json: Json = False) -> None:
    """Forget a lead. The calls there were with it stay."""
    leads.delete(settings.load().db, lead)
    if as_json:
        print_json({"lead_id": lead, "deleted": True})
    else:
        print(f"lead {lead} deleted")


@app.command(epilog="Example: warmline lead find +18005551234")
def find(
    number: Annotated[list[str], typer.Argument(metavar="NUMBER", show_default=False)],
    of: OfList = "",
    as_json: Json = False,
) -> None:
    """The leads with that number, with or without its country's code; the one last talked to first."""
    from warmline.store.leads import dnc

    wanted, path = " ".join(number), settings.load().db
    _print(leads.with_number(path, wanted, of), as_json, f"No lead has the number {wanted}.")
    if not as_json:
        for row in dnc.find(path, wanted):
            whose = f"the do-not-call list of campaign {row['campaign']}" if row["campaign"] else dnc.SYSTEM
            print(f"{row['phone_number']} is on {whose}.")


def _json(row: Row) -> dict[str, Any]:
    return row | {name: iso(row[name]) for name in TIMES}


def _print(found: list[Row], as_json: bool, none: str) -> None:
    if as_json:
        print_json([_json(row) for row in found])
    elif found:
        heads = ("lead", "list", "number", "name", "status", "calls", "last call")
        print_table(heads, [_line(row) for row in found], free=("name",), spare=("list", "calls"))
    else:
        print(none)


def _line(row: Row) -> tuple[str, ...]:
    name = " ".join(filter(None, (row["first_name"], row["last_name"])))
    number = f"+{row['phone_code']} {row['phone_number']}" if row["phone_code"] else row["phone_number"]
    called = _when(row["last_call"])
    return str(row["lead_id"]), row["list_id"], number, name, row["status"], str(row["called_count"]), called


def _text(name: str, value: object) -> str:
    return _when(value) if name in TIMES and isinstance(value, int) else "" if value is None else str(value)


def _when(at: int | None) -> str:
    return moment(at or None)
