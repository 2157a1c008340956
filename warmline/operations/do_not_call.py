"""The do-not-call lists: numbers that no agent may dial, or no agent of a campaign."""

from collections.abc import Iterable
from typing import Annotated, Any

from msgspec import Meta, Struct

from warmline.leads.phone_numbers import PhoneNumberError, checked
from warmline.operations.operation import FIRST_PAGE, Caller, Column, CommandForm, Field, Page, invalid, operation
from warmline.operations.times import Time, iso
from warmline.store.database.errors import Conflict
from warmline.store.database.reading import Row
from warmline.store.leads import dnc

READS, WRITES = "leads:read", "leads:write"
BOUNDS: dict[str, Any] = {"agents": "EVERYTHING", "campaigns": "NUMBERS"}
CURSOR = {"type": "string", "pattern": "^([0-9]{1,40}(@[A-Za-z0-9_-]{0,40})?)?$"}
MAX_CHECKED = 1000  # numbers in one request

AnyNumber = Annotated[str, Meta(max_length=40, examples=["7275551212"])]
NewNumber = Annotated[AnyNumber, Field("The telephone number.", "NUMBER")]
ListedNumber = Annotated[
    str,
    Meta(pattern=r"^\+?[0-9]{2,20}$"),
    Field("The telephone number.", "NUMBER", "2 to 20 digits; a + may lead", decoder="digits"),
]
Campaign = Annotated[
    str,
    Meta(max_length=20),
    Field("Use the list of this campaign instead of the system's list.", "NAME", names="campaign"),
]
Reason = Annotated[
    str,
    Meta(pattern=r"^[^\x00-\x1f\x7f]*$", max_length=200, examples=["asked by letter"]),
    Field("The reason, which the list stores.", "TEXT", "text of one line"),
]


class DncNumber(Struct, frozen=True):
    """A number on a do-not-call list: the campaign's, or the system's if `campaign` is empty.

    `by` added it, and `why` is a disposition's code or a reason in words. `id` is the cursor of the list.
    """

    id: str
    phone_number: str
    campaign: str
    at: Time
    by: str
    why: str


class DncNumberAdded(Struct, frozen=True):
    """The entry of a number; `added` is false if it was on the list before."""

    added: bool
    entry: DncNumber


class DncNumberRemoved(Struct, frozen=True):
    """The number that was removed from the list."""

    phone_number: str
    campaign: str


TABLE: dict[str, Any] = {
    "columns": (
        Column("number", "phone_number"),
        Column("campaign", "campaign", "all"),
        Column("since", "at"),
        Column("by", "by"),
        Column("why", "why", folds=True),
    ),
    "fields": "phone_number campaign at by why",
}
LIST = CommandForm(
    "dnc list",
    "List all numbers that must not be dialled.",
    ("", "--after 8005550000 --limit 50"),
    options="campaign",
    none="No number is on a do-not-call list.",
    limit=1000,
    most=100_000,
    **TABLE,
)
FIND = CommandForm(
    "dnc find",
    "Show the lists that have a number.\n\nThe command finds the number with and without its country code.",
    ("+18005551234", "+18005551234 --json"),
    "number",
    options="",
    none=lambda values: f"{values['number']} is on no do-not-call list.",
    **TABLE,
)


@operation("GET /dnc", "listDnc", READS, LIST, FIND, **BOUNDS, cursor=CURSOR)
def list_numbers(
    caller: Caller, page: Page = FIRST_PAGE, number: ListedNumber | None = None, campaign: Campaign | None = None
) -> list[DncNumber]:
    """List the numbers of the do-not-call lists, or find one."""
    if number is None:
        return list(map(_entry, dnc.page(caller.db, page.after, page.limit, campaign, caller.campaigns)))
    found = (row for row in dnc.find(caller.db, number) if campaign in (None, row["campaign"]))
    return [entry for entry in _visible(caller, found) if entry.id > page.after][: page.limit]


@operation(
    "POST /dnc/check",
    "checkDnc",
    READS,
    **BOUNDS,
    only_reads=True,
    body_name="DncCheckRequest",
    example={"phone_numbers": ["7275551212", "7275551213"]},
)
def check_numbers(
    caller: Caller,
    phone_numbers: Annotated[
        list[Annotated[str, Meta(max_length=40)]], Meta(max_length=MAX_CHECKED), Field("The numbers to look up.")
    ],
) -> list[DncNumber]:
    """Show which of up to 1000 numbers are on a do-not-call list.

    The numbers to look up, up to 1000.
    """
    try:
        numbers = list(dict.fromkeys(map(checked, phone_numbers)))
    except PhoneNumberError as error:
        raise invalid("phone_numbers", str(error)) from None
    found = (entry for rows in dnc.find_all(caller.db, numbers) for entry in _visible(caller, rows))
    return list({entry.id: entry for entry in found}.values())


CREATE = CommandForm(
    "dnc create",
    "Put a number on a do-not-call list.\n\n"
    "Without --campaign it is the list of the system. With --campaign it is the list of that campaign.",
    ("8005551234", "8005551234 --campaign TESTCAMP --why 'asked by letter'"),
    "phone_number",
    said=lambda answer, values: f"{values['phone_number']} is on the list {'now' if answer['added'] else 'already'}",
    fields="number campaign created",
    json=lambda answer, values: {**values, "number": values["phone_number"], "created": answer["added"]},
)


@operation(
    "POST /dnc",
    "addDnc",
    WRITES,
    CREATE,
    **BOUNDS,
    body_name="DncRequest",
    example={"phone_number": "7275551212", "why": "asked by letter"},
)
def add_number(caller: Caller, phone_number: NewNumber, campaign: Campaign = "", why: Reason = "") -> DncNumberAdded:
    """Add a number to the system's do-not-call list, or to a campaign's.

    The number, its list, and the reason. Without a campaign, the list is the system's.
    """
    is_new = dnc.add(caller.db, phone_number, campaign, who=caller.name, why=why)
    found = [row for row in dnc.find(caller.db, phone_number) if row["campaign"] == campaign]
    if not found:
        raise Conflict("dnc_entry_removed", "{number} was removed by another client", number=phone_number)
    return DncNumberAdded(is_new, _entry(found[0]))


DELETE = CommandForm(
    "dnc delete",
    "Remove a number from a list.",
    ("8005551234", "8005551234 --campaign TESTCAMP"),
    "number",
    said=lambda _, values: f"{values['number']} may be dialled again",
    fields="number campaign deleted",
    json=lambda _, values: {**values, "deleted": True},
    asks_nothing=True,
)


@operation("DELETE /dnc", "removeDnc", WRITES, DELETE, **BOUNDS, more_problems=(404,))
def remove_number(caller: Caller, number: ListedNumber, campaign: Campaign = "") -> DncNumberRemoved:
    """Remove a number from the system's do-not-call list, or from a campaign's."""
    dnc.delete(caller.db, number, campaign, who=caller.name)
    return DncNumberRemoved(number, campaign)


def _visible(caller: Caller, rows: Iterable[Row]) -> list[DncNumber]:
    return [_entry(row) for row in rows if caller.sees_campaign(row["campaign"])]


def _entry(row: Row) -> DncNumber:
    return DncNumber(dnc.entry_id(row), row["phone_number"], row["campaign"], iso(row["at"]), row["by"], row["why"])
