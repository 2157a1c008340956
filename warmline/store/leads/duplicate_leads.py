"""Tells which leads are known already: in their list, their campaign, or any list."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Annotated, Literal, NamedTuple, TypeVar

from msgspec import Meta

from warmline.access.visible_campaigns import VisibleCampaigns
from warmline.core.rules import number_text
from warmline.leads import phone_numbers
from warmline.leads.lead_fields import TEXTS
from warmline.options.values.entity import OptionError
from warmline.store.configuration.campaign_owners import IN_LISTS, as_json
from warmline.store.database.reading import Row, each

MOST_DAYS = 3660
NEW_IN_A_ROW = 100
DAY = 86_400_000_000  # microseconds
IN_LIST, IN_CAMPAIGN, IN_SYSTEM = "list", "campaign", "system"
SCOPES = {
    IN_LIST: "list_id = :list_id",
    IN_CAMPAIGN: """
        (list_id = :list_id OR list_id IN (
            SELECT id FROM list WHERE campaign = (SELECT campaign FROM list WHERE id = :list_id)
        ))
    """,
    IN_SYSTEM: "TRUE",
}
# Two leads of a list are the same if they have the same vendor_lead_code, or, without one, the same number.
USUAL = """
    (EXISTS (
        SELECT 1 FROM {table} WHERE :vendor_lead_code <> ''
        AND vendor_lead_code = :vendor_lead_code AND vendor_lead_code <> '' AND list_id = :list_id{more}
    ) OR EXISTS (
        SELECT 1 FROM {table} WHERE :vendor_lead_code = ''
        AND list_id = :list_id AND phone_number = :phone_number{more}
    ) OR :vendor_lead_code = '' AND {same})
"""
# Only the newest numbers with the same end are compared, because a placeholder may be there a hundred thousand times.
SAME = """
    EXISTS (
        SELECT 1 FROM (
            SELECT * FROM {table} WHERE substr(phone_number, -7) = :tail{more} ORDER BY lead_id DESC LIMIT 2000
        ) WHERE {scope} AND entry_date >= :since
        AND same_number(phone_code || phone_number, :phone_code || :phone_number)
    )
"""
# The leads that a dry run would have imported; SQLite moves a large table to a temporary file.
SEEN = """
    CREATE TEMP TABLE seen (
        lead_id INTEGER PRIMARY KEY, list_id TEXT, vendor_lead_code TEXT, phone_number TEXT, phone_code TEXT,
        entry_date INTEGER
    );
    CREATE INDEX temp.seen_number ON seen (list_id, phone_number);
    CREATE INDEX temp.seen_tail ON seen (substr(phone_number, -7));
    CREATE INDEX temp.seen_vendor ON seen (vendor_lead_code) WHERE vendor_lead_code <> '';
"""
SEEN_COLUMNS = ("list_id", "vendor_lead_code", "phone_number", "phone_code", "entry_date")
# The leads with a value of an indexed field; only the newest of many are compared.
CANDIDATES = {
    "phone_number": """
        SELECT * FROM (SELECT * FROM lead WHERE list_id = :list_id AND phone_number = :value
            ORDER BY lead_id DESC LIMIT 2000)
        UNION SELECT * FROM (SELECT * FROM lead WHERE substr(phone_number, -7) = :tail
            ORDER BY lead_id DESC LIMIT 2000)
    """,
    "vendor_lead_code": """
        SELECT * FROM lead WHERE vendor_lead_code = :value AND vendor_lead_code <> '' ORDER BY lead_id DESC LIMIT 2000
    """,
    "email": "SELECT * FROM lead WHERE lower(email) = lower(:value) AND email <> '' ORDER BY lead_id DESC LIMIT 2000",
    "alt_phone": "SELECT * FROM lead WHERE alt_phone = :value AND alt_phone <> '' ORDER BY lead_id DESC LIMIT 2000",
}
LIKE_NEW = """
    SELECT lead.* FROM ({candidates}) AS lead WHERE {scope} AND entry_date >= :since AND {seen} ORDER BY lead_id DESC
"""
Lead = TypeVar("Lead", bound=Mapping[str, str | int])
REFUSE, UPDATE, CREATE = "refuse", "update", "create"


class DuplicateRule(NamedTuple):
    """A rule about duplicates: no lead of the `list`, `campaign` or `system` has the number; "" is the usual rule.

    With `days`, leads that are older do not count. The number counts with and without its country code.
    """

    where: str = ""
    days: int = 0


USUAL_RULE = DuplicateRule()


class NewLeadRule(NamedTuple):
    """A rule about a single new lead that is known already: it is refused, it updates the known one, or is created.

    A known lead is in the new one's `list` or `campaign`, or anywhere in the `system`, and at most `days` old; 0 is
    any age. It has the same values in all fields of one of the groups in `same`. A name such as
    `alt_phone=phone_number` compares the known lead's field with another one of the new lead. The first name of a group
    is one of `CANDIDATES`; empty values are never the same.
    """

    then: Literal["refuse", "update", "create"] = "create"
    where: Literal["list", "campaign", "system"] = "list"
    days: Annotated[int, Meta(ge=0, le=MOST_DAYS)] = 0
    same: tuple[tuple[str, ...], ...] = (("vendor_lead_code",), ("phone_number",))


ALWAYS_NEW = NewLeadRule()


def prepare(db: sqlite3.Connection) -> None:
    """Let the statements of this connection compare numbers."""
    db.create_function("same_number", 2, phone_numbers.same, deterministic=True)


def is_known(rule: DuplicateRule, table: str, more: str = "") -> str:
    """Return the condition that the table has a lead already; `more` narrows the leads of the table.

    Its values are the fields of the lead and those of `values`.
    """
    same = SAME.format(table=table, scope=SCOPES[rule.where or IN_LIST], more=more)
    usual = USUAL.format(table=table, more=more, same=same)
    return f"({usual} OR {same})" if rule.where else usual


def was_known(rule: DuplicateRule) -> str:
    """Return the statement that tells whether a lead was known before the import began: up to the id `before`."""
    return f"SELECT {is_known(rule, 'main.lead', ' AND lead_id <= :before')}"


class NewLeads:
    """Leads of a file without those that a lead up to the id `before` is like.

    So an import that continues an interrupted one passes what is there without the write lock. Leads are looked up
    after a batch in which most were known, until many in a row are new. A file of new leads needs no look.
    """

    def __init__(self, db: sqlite3.Connection, rule: DuplicateRule, before: int) -> None:
        self._db, self._before, self._known = db, before, was_known(rule)
        self._looks = 0  # new leads in a row after which no more are looked up

    def learn(self, known: int, new: int) -> None:
        """Note the result of a batch: how many of its leads were known before the import, and how many were new."""
        if known > new:
            self._looks = NEW_IN_A_ROW

    def of(self, leads: Iterable[Lead], known: Callable[[], None]) -> Iterator[Lead]:
        """Yield the leads that are not known; `known` is called for each of the others."""
        for lead in leads:
            if self._looks and self._db.execute(self._known, {**lead, "before": self._before}).fetchone()[0]:
                self._looks = NEW_IN_A_ROW
                known()
                continue
            self._looks = max(0, self._looks - 1)
            yield lead


def values(rule: DuplicateRule, number: str, now: int) -> dict[str, str | int]:
    """Return the values of `is_known` that are in no field. `now` is in microseconds UTC."""
    since = now - rule.days * DAY if rule.days else 0
    return {"tail": number[-phone_numbers.TAIL :], "since": since}


def like_new(
    db: sqlite3.Connection,
    rule: NewLeadRule,
    new: Mapping[str, str | int],
    now: int,
    campaigns: VisibleCampaigns | None = None,
) -> Row | None:
    """Return the newest known lead of the first group of fields that has one, or None.

    `new` has the list_id and the fields of the new lead as they are stored, and `now` is in microseconds UTC. Only
    leads in lists of the `campaigns` count; None for all. Call this in the transaction that creates the lead.
    Raises OptionError for a group that begins with a field without an index.
    """
    return next(all_like_new(db, rule, new, now, campaigns), None)


def all_like_new(
    db: sqlite3.Connection,
    rule: NewLeadRule,
    new: Mapping[str, str | int],
    now: int,
    campaigns: VisibleCampaigns | None = None,
) -> Iterator[Row]:
    """Yield every known lead that `like_new` may return, the newest of the first group first. Raises OptionError."""
    return (lead for group in rule.same for lead in _of_group(db, rule, group, new, now, campaigns))


def _of_group(
    db: sqlite3.Connection,
    rule: NewLeadRule,
    group: tuple[str, ...],
    new: Mapping[str, str | int],
    now: int,
    campaigns: VisibleCampaigns | None,
) -> Iterator[Row]:
    pairs = [(known, str(new.get(ours or known, ""))) for known, _, ours in (name.partition("=") for name in group)]
    if not pairs or pairs[0][0] not in CANDIDATES or any(known not in TEXTS for known, _ in pairs):
        raise OptionError(
            "duplicate_fields_unusable",
            "duplicates cannot be found by {fields!r}; the first field must be one of {allowed}",
            fields=" ".join(group),
            allowed=", ".join(CANDIDATES),
        )
    if not all(value for _, value in pairs):
        return
    first, value = pairs[0]
    sql = LIKE_NEW.format(
        candidates=CANDIDATES[first], scope=SCOPES[rule.where], seen=IN_LISTS if campaigns else "TRUE"
    )
    bound = values(DuplicateRule(rule.where, rule.days), value, now)
    asked = {"list_id": new["list_id"], "value": value, "campaigns": as_json(campaigns)}
    number = f"{new.get('phone_code', '')}{new['phone_number']}"
    for row in each(db, sql, **bound, **asked):
        if all(_is_same(row, known, number if value == new["phone_number"] else value) for known, value in pairs):
            yield row


def _is_same(known: Row, field: str, value: str) -> bool:
    """Return whether a field of a known lead has the value; numbers count with and without their country code."""
    if field == "phone_number":
        return phone_numbers.same(f"{known['phone_code']}{known[field]}", number_text.to_digits(value))
    if field == "alt_phone":
        digits = number_text.to_digits(value)
        return (
            phone_numbers.same(number_text.to_digits(known[field]), digits) if digits else bool(known[field] == value)
        )
    return str(known[field]).lower() == value.lower() if field == "email" else bool(known[field] == value)
