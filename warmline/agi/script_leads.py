"""Words of a script about leads and the do-not-call lists.

The reads load little, because callers wait for them. The changes are those of `warmline lead` and `warmline dnc`, each
in one transaction, with the same checks.
"""

from datetime import UTC, date, datetime, timedelta

from warmline.store.agi import routing_facts
from warmline.store.leads import number_reads
from warmline.system import settings
from warmline.text.coded_error import CodedError

TYPE_CHECKING = False  # typing would cost a script 5 ms
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any, TypeVar

    from warmline.store.database.database import Connection

    T = TypeVar("T")

AUTHOR = "script"
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
TIME_FIELDS = ("entry_date", "modify_date", "last_call", "next_try", "held_until")
CUSTOM_FIELDS, MORE_NUMBERS, DATE_OF_BIRTH = "custom_fields", "more_numbers", "date_of_birth"
NO_CUSTOM_FIELDS = "{}"


class LeadError(CodedError, ValueError):
    """A value that a lead cannot have."""


def find_leads(number: str, list_id: str = "") -> "list[dict[str, Any]]":
    """Return the leads with that number, of one list or of all; at most 100.

    The leads of your own lists come first, then those that Warmline made for callers (list 999) and for numbers that
    agents dialled (list 998). Among them, the one with the latest call is first. Each lead is a dictionary of its
    fields as `read_lead` returns it. Raises CodedError.
    """
    leads = _read(lambda db: number_reads.find_leads(db, number, list_id, own_first=True))
    return list(map(_with_values, leads))


def read_lead(lead_id: int) -> "dict[str, Any]":
    """Return the lead of that id as a dictionary of its fields, with `lead_id` and `list_id`.

    - `entry_date`, `modify_date`, `last_call`, `next_try` and `held_until` are a `datetime` in UTC, or None.
    - `custom_fields` is a dictionary: the text of each custom field that has one, by its name.
    - `more_numbers` is a list; each entry has a `number`, with + if its country code is known, and a `label` or ''.
    - `lead_id`, `rank`, `called_count` and `passes` are numbers, and all others are texts.

    Raises CodedError, also if the lead does not exist.
    """
    return _with_values(_read(lambda db: number_reads.read_lead(db, lead_id)))


def create_lead(number: str, list_id: str, **fields: "object") -> int:
    """Create a lead with that number in a list, and return its id. The fields are those of `update_lead`.

    As with `warmline lead create`, a number may have several leads, and may be on a do-not-call list: ask `find_leads`
    and `find_dnc` first. Raises CodedError for an unknown list or field, or an invalid value.
    """
    from warmline.store.leads import leads

    texts = _to_texts({"phone_number": number, **fields})
    return leads.create(settings.load(servers=False).db, list_id, texts, who=AUTHOR)


def update_lead(lead_id: int, **fields: "object") -> list[str]:
    """Change fields of a lead, all or none, and return the names of those that changed.

    `warmline lead describe` lists the fields. A custom field of the lead's list is given by its name, or with others as
    `custom_fields={"plan": "gold"}`; '' empties it. `more_numbers` may be a list as `read_lead` returns it,
    or of numbers, or of pairs of a number and its label. `date_of_birth` is a `date`, or a text such as `1990-12-31`.

    Raises CodedError for an unknown lead or field, or an invalid value.
    """
    from warmline.store.leads import leads

    return leads.update(settings.load(servers=False).db, lead_id, _to_texts(fields))


def find_dnc(number: str, campaign: str = "") -> str:
    """Return the do-not-call list that contains the number, in words; '' if none does.

    Without a campaign, only the system's list is checked. Raises CodedError.
    """
    entries = _read(lambda db: number_reads.find_dnc_entries(db, number, campaign))
    return number_reads.describe_dnc_list(entries[0]["campaign"]) if entries else ""


def add_dnc(number: str, campaign: str = "", why: str = "") -> bool:
    """Add a number to the system's do-not-call list, or to a campaign's; return False if it was on it.

    The list keeps `why`. Raises CodedError for an invalid number or an unknown campaign.
    """
    from warmline.store.leads import dnc

    return dnc.add(settings.load(servers=False).db, number, campaign, who=AUTHOR, why=why)


def _read(read: "Callable[[Connection], T]") -> "T":
    """Call `read` in one transaction of the database, with rows by name. Raises CodedError."""
    return routing_facts.read_by_name(str(settings.load(servers=False).db), read)


def _with_values(lead: "dict[str, Any]") -> "dict[str, Any]":
    """Return a row of the database with its times, custom fields and further numbers as values."""
    for name in TIME_FIELDS:
        if lead[name] is not None:
            lead[name] = EPOCH + timedelta(microseconds=lead[name])
    custom_fields, more_numbers = lead[CUSTOM_FIELDS], lead[MORE_NUMBERS]
    lead |= {CUSTOM_FIELDS: {}, MORE_NUMBERS: []}
    if custom_fields != NO_CUSTOM_FIELDS:
        import json  # few leads need it

        lead[CUSTOM_FIELDS] = json.loads(custom_fields)
    if more_numbers:
        from warmline.leads.more_numbers import read

        lead[MORE_NUMBERS] = read(more_numbers)
    return lead


def _to_texts(fields: "Mapping[str, Any]") -> dict[str, str]:
    """Return fields as the texts that the command line takes. Raises CodedError for a date of birth that is none."""
    values = {name: value for name, value in fields.items() if name != CUSTOM_FIELDS}
    custom_fields = fields.get(CUSTOM_FIELDS, {})
    values |= custom_fields if isinstance(custom_fields, dict) else {CUSTOM_FIELDS: custom_fields}
    if isinstance(more_numbers := values.get(MORE_NUMBERS), list | tuple):
        from warmline.leads.more_numbers import MoreNumber, written

        numbers = (MoreNumber(number) if isinstance(number, str) else MoreNumber(*number) for number in more_numbers)
        values[MORE_NUMBERS] = written(numbers)
    texts = {name: "" if value is None else str(value) for name, value in values.items()}
    if (text := texts.get(DATE_OF_BIRTH, "")) and not _is_date(text):
        raise LeadError(
            "lead_date_of_birth_invalid",
            "date_of_birth {value!r} is no date; allowed: a date such as 1990-12-31, or ''",
            value=text,
        )
    return texts


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
