"""`warmline lead …`: the customers to call and the callers, as leads."""

from typing import Annotated, Any

import typer

from cli.arguments import completion
from cli.arguments.entity_arguments import Yes, split_pairs
from cli.client import lead_records
from cli.leads import lead_edit
from cli.leads.named_lead import Lead, id_of
from cli.output.cell_format import moment, short
from cli.output.invalid_argument import InvalidArgument
from cli.output.json_output import Json, print_json
from cli.output.table import print_table
from cli.output.time_format import iso
from warmline.centre import app_client
from warmline.core.rules import number_text
from warmline.leads import custom_fields
from warmline.leads.lead_fields import FIELDS, allowed, unknown_field
from warmline.options.values.entity import OptionError
from warmline.store.database.reading import Row
from warmline.store.leads.lead_search import LeadSearch

LeadId = Annotated[int, typer.Argument(metavar="LEAD_ID", min=1, show_default=False, help="The lead's id, from 1.")]


Pairs = Annotated[
    list[str],
    typer.Argument(
        metavar="FIELD=VALUE",
        show_default=False,
        help="A field and its value.",
        autocompletion=completion.lead_pairs,
    ),
]
OfList = Annotated[
    str,
    typer.Option(
        "--list",
        metavar="LIST",
        help="The list of leads.",
        show_default=False,
        autocompletion=completion.names("list"),
    ),
]


def list_all(
    of: OfList = "",
    after: Annotated[
        int,
        typer.Option(metavar="LEAD_ID", min=0, help="Begin after the lead with this id. 0 means from the first lead."),
    ] = 0,
    limit: Annotated[
        int, typer.Option(metavar="N", min=1, max=100_000, help="List at most this many leads, 1 to 100000.")
    ] = 100,
    as_json: Json = False,
) -> None:
    found = lead_records.at(app_client.records()).page(of, after, limit + 1)
    more, found = len(found) > limit, found[:limit]
    _print(found, as_json, "There is no lead.")
    if more and not as_json:
        print(f"There are more: --after {found[-1]['lead_id']} shows the next ones, --limit sets how many at once.")


def show(lead: Lead, as_json: Json = False) -> None:
    found, calls = lead_records.at(app_client.records()).with_calls(id_of(lead, "lead show"))
    if as_json:
        print_json(_json(found) | {"calls": [call | {"arrived": iso(call["arrived"])} for call in calls]})
        return
    own = found.pop(custom_fields.COLUMN)
    print_table(
        ("field", "value"), [(name, _text(name, value)) for name, value in (found | own).items() if value != ""]
    )
    _print_calls(calls)


def _print_calls(calls: list[Row]) -> None:
    if calls:
        print()
        print_table(
            ("call", "when", "number", "agent", "status"),
            [(short(c["id"]), _when(c["arrived"]), c["number"], c["last_agent"], c["status"]) for c in calls],
            free=(),
        )


def create(fields: Pairs, of: OfList, as_json: Json = False) -> None:
    where = app_client.records()
    made = lead_records.at(where).create(of, split_pairs(fields, "field=value"))
    if as_json:
        print_json(_json(lead_records.at(where).find(made)))
    else:
        print(f"lead {made} created in list {of}")


def set_fields(lead: LeadId, fields: Pairs, as_json: Json = False) -> None:
    where = app_client.records()
    changed = lead_records.at(where).update(lead, split_pairs(fields, "field=value"))
    if as_json:
        print_json(_json(lead_records.at(where).find(lead)))
    else:
        print(f"lead {lead}: {', '.join(changed) + ' changed' if changed else 'already set'}")


def edit(lead: LeadId) -> None:
    lead_edit.edit(lead)


def describe(
    field: Annotated[
        str,
        typer.Argument(
            metavar="[FIELD]",
            show_default=False,
            help="Only this field. Without FIELD all fields are described.",
            autocompletion=completion.lead_fields,
        ),
    ] = "",
    as_json: Json = False,
) -> None:
    if field and field not in FIELDS:
        raise unknown_field(field)
    told = [(name, allowed(name)) for name in ([field] if field else FIELDS)]
    if as_json:
        print_json([{"field": name, "allowed": may} for name, may in told])
    else:
        print_table(("field", "allowed values"), told)


def delete(lead: LeadId, as_json: Json = False, _yes: Yes = False) -> None:
    lead_records.at(app_client.records()).delete(lead)
    if as_json:
        print_json({"lead_id": lead, "deleted": True})
    else:
        print(f"lead {lead} deleted")


def move(
    lead: LeadId,
    to_list: Annotated[
        str,
        typer.Argument(
            metavar="LIST", show_default=False, help="The list to move to.", autocompletion=completion.names("list")
        ),
    ],
    as_json: Json = False,
) -> None:
    has_moved = lead_records.at(app_client.records()).move(lead, to_list)
    if as_json:
        print_json({"lead_id": lead, "list_id": to_list, "moved": has_moved})
    else:
        print(f"lead {lead} {'moved to' if has_moved else 'is already in'} list {to_list}")


MORE = "The history of one: warmline lead show LEAD"


def find(
    number: Annotated[
        list[str] | None, typer.Argument(metavar="[NUMBER]", show_default=False, help="The number to find.")
    ] = None,
    of: OfList = "",
    vendor_code: Annotated[
        str, typer.Option("--vendor-code", metavar="CODE", show_default=False, help="Find this vendor_lead_code.")
    ] = "",
    email: Annotated[str, typer.Option(metavar="ADDRESS", show_default=False, help="Find this e-mail address.")] = "",
    name: Annotated[
        str,
        typer.Option(metavar="NAME", show_default=False, help="Find last names that begin so, or 'LAST, FIRST'."),
    ] = "",
    as_json: Json = False,
) -> None:
    wanted, where = " ".join(number or ()), app_client.records()
    by = [one for one in (wanted, vendor_code.strip(), email.strip(), name.strip(" ,")) if one]
    if len(by) != 1:
        raise InvalidArgument(
            "lead_find_one", "give one of NUMBER, --vendor-code, --email and --name; given: {count}", count=len(by)
        )
    if not wanted:
        asked = LeadSearch(vendor_lead_code=vendor_code, email=email, name=name, wanted=of)
        found = lead_records.at(where).search(asked)
        _print(found, as_json, f"No lead has {by[0]}.")
        if found and not as_json:
            print(MORE)
        return
    if not number_text.to_digits(wanted):
        raise OptionError(
            "lead_find_number",
            "{wanted!r} is no number; to find a name: warmline lead find --name '{wanted}'",
            wanted=wanted,
        )
    found = lead_records.at(where).search(LeadSearch(number=wanted, wanted=of))
    _print(found, as_json, f"No lead has the number {wanted}.")
    if found and not as_json:
        only = found[0]["lead_id"] if len(found) == 1 else 0
        if only:
            _print_calls(lead_records.at(where).with_calls(only)[1])
        print(f"Its history: warmline lead show {only}" if only else MORE)
    if not as_json:
        from warmline.centre import operation_calls
        from warmline.operations import do_not_call
        from warmline.store.leads.number_reads import describe_dnc_list

        digits = number_text.strip_separators(wanted)
        for entry in operation_calls.do(do_not_call.list_numbers, where, {"number": digits}):
            print(f"{entry.phone_number} is on {describe_dnc_list(entry.campaign)}.")


def _json(row: Row) -> dict[str, Any]:
    return row | {name: iso(row[name]) for name in lead_records.TIMES}


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
    if name in lead_records.TIMES and isinstance(value, int):
        return _when(value)
    return "" if value is None else str(value)


def _when(at: int | None) -> str:
    return moment(at or None)
