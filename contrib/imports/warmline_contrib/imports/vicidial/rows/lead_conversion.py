"""Leads of VICIdial as leads of Warmline: with their ids, counts, times, custom fields and further numbers."""

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, tzinfo
from functools import lru_cache, partial
from typing import NamedTuple

from warmline.leads import custom_fields, lead_places, more_numbers, phone_numbers
from warmline.leads.lead_fields import FIELDS, LONGEST_CUSTOM, TEXTS, bounded, checked, status
from warmline.leads.lead_history import FIRST, HIGHEST, LONGEST_USER, PASSES
from warmline.leads.phone_numbers import PhoneNumberError
from warmline.options.values.entity import OptionError
from warmline.store.database.database import Connection
from warmline_contrib.imports.store.import_runs import ImportedRow
from warmline_contrib.imports.vicidial.rows.row_import import RowImport, Statements, following, refused
from warmline_contrib.imports.vicidial.source import CUSTOM, Cell, VicidialSource, whole

LEADS, ALT_PHONES = "vicidial_list", "vicidial_list_alt_phones"
PLAIN = tuple(one for one in TEXTS if one not in ("time_zones", more_numbers.FIELD))
COLUMNS = (
    *(one for one in PLAIN if one != "lead_id"),
    *("rank", "user", "called_count", "list_id", "entry_date", "modify_date", "last_local_call_time"),
    "called_since_last_reset",
)
NO_DAY = "0000-00-00"
STORED = (
    *("lead_id", "list_id", "entry_date", "modify_date", "user", "called_count", "last_call", "passes", "next_try"),
    *FIELDS,
    *("jurisdictions", custom_fields.COLUMN),
)
INSERT = f"""
    INSERT OR IGNORE INTO lead ({", ".join(f'"{one}"' for one in STORED)}) VALUES ({", ".join("?" * len(STORED))})
"""  # noqa: S608 - names of the code
# Before the lead: an id that another one has got since is not one of the import.
OURS = """
    INSERT OR IGNORE INTO imported_lead (lead_id, run)
    SELECT ?1, ?2 WHERE NOT EXISTS (SELECT 1 FROM lead WHERE lead_id = ?1)
"""
MINUTE = 60_000_000  # microseconds
LARGEST_OFFSET = 16  # hours
DAY = 86_400_000_000
ASCII_SIGNS = {code: " " for code in (*range(32), 127) if chr(code) not in "\n\r\t"}


class ImportedList(NamedTuple):
    """Facts for the leads of a list: the names of custom fields, and the delays of `recycle` by status."""

    custom: tuple[str, ...]
    recycle: Mapping[str, tuple[int, int]]  # minutes and times
    campaign: str  # in the source


class LeadReader:
    """Reads the leads of a source piece by piece."""

    def __init__(self, rows: RowImport) -> None:
        self._rows, self._source, self._db = rows, rows.source, rows.db
        self._lists = _lists(rows.db, rows.source)
        self._emergency = set(json.loads(rows.db.execute("SELECT emergency_numbers FROM setting").fetchone()[0]))
        modified = next((one for one in rows.source.columns(LEADS) if one.name == "modify_date"), None)
        self._modified_zone = UTC if modified and modified.type.startswith("timestamp") else rows.zone
        self._custom_tables: dict[str, tuple[str, ...]] = {}

    def rows(self, after: str) -> Iterator[ImportedRow]:
        """Yield the statements of each lead with a larger id than `after`; a refused lead has none."""
        before = following(after)
        for piece in self._source.pieces(LEADS, COLUMNS, "lead_id", before):
            first, last = whole(piece[0][0]), max(whole(row[0]) for row in piece)
            taken = {one for (one,) in self._db.execute(TAKEN, (first, last))}
            ours = {one for (one,) in self._db.execute(BROUGHT, (first, last))}
            found = [dict(zip(("lead_id", *COLUMNS), row, strict=True)) for row in piece]
            custom = self._custom(found, first, last)
            further = self._further(first, last)
            for row in found:
                number = whole(row["lead_id"])
                if not before < number <= HIGHEST["lead_id"]:
                    why = "another lead of the source has the id" if number == before else "its id is no number"
                    self._rows.refuse(LEADS, str(row["lead_id"]), why)
                    yield ImportedRow(str(before))
                    continue
                before = number
                if number in ours:
                    yield ImportedRow(str(number))
                    continue
                values = partial(self._lead, number, row, custom.get(number, {}), further.get(number, ""))
                yield self._rows.row(LEADS, number, partial(self._statements, number, number in taken, values))

    def _statements(self, number: int, taken: bool, values: Callable[[], tuple[object, ...]]) -> Statements:
        if taken:
            raise refused("import_lead_taken", "the id is that of another lead here")
        return (OURS, (number, self._rows.run)), (INSERT, values())

    def _lead(
        self, number: int, row: Mapping[str, Cell], custom: Mapping[str, str], further: str
    ) -> tuple[object, ...]:
        facts, list_id = self._facts(str(row["list_id"]))
        given = {name: self._rows.text(str(row[name])) for name in PLAIN if row[name] not in (None, "")}
        if given.get("date_of_birth", "").startswith(NO_DAY):
            del given["date_of_birth"]
        given["status"] = self._rows.names.known("disposition", given.get("status", ""), facts.campaign) or "NEW"
        fields = _checked(given, str(row["rank"] or 0))
        if str(fields["phone_number"]) in self._emergency:
            raise OptionError("import_lead_emergency", "its number is an emergency number, which no lead may have")
        if further:
            fields[more_numbers.FIELD] = further
        code = str(fields.get("phone_code", ""))
        zones, law = _places(
            code,
            lead_places.deciding_part(code, str(fields["phone_number"])),
            *(str(fields.get(name, "")) for name in ("state", "province", "postal_code", "country_code")),
        )
        count = min(max(0, whole(row["called_count"])), HIGHEST["called_count"])
        passes = self._passes(str(row["called_since_last_reset"] or "N"))
        last = self._last_call(row, fields) if count else None
        entered = self._utc(str(row["entry_date"] or ""), self._rows.zone) or self._rows.now
        own = {name: bounded(name, self._rows.text(text), LONGEST_CUSTOM) for name, text in custom.items() if text}
        history = (
            number,
            list_id,
            entered,
            self._utc(str(row["modify_date"] or ""), self._modified_zone) or entered,
            self._rows.short(row["user"], LONGEST_USER),
            count,
            last,
            passes,
            _next_try(facts, str(fields["status"]), last, passes),
        )
        values = fields | {"time_zones": zones}
        texts = (values.get(name, 0 if name == "rank" else "") for name in FIELDS)
        return (*history, *texts, law, custom_fields.written(own) if own else custom_fields.NONE)

    def _facts(self, old: str) -> tuple[ImportedList, str]:
        name = self._rows.names.known("list", old)
        if name not in self._lists:
            raise OptionError(
                "import_list_unknown", "list {list} does not exist here; apply the files first", list=name
            )
        return self._lists[name], name

    def _last_call(self, row: Mapping[str, Cell], fields: Mapping[str, object]) -> int | None:
        """Return the time of the last call, which VICIdial has in the time of the lead."""
        text = str(row["last_local_call_time"] or "")
        try:
            offset = float(str(fields.get("gmt_offset_now", "")))
        except ValueError:
            return self._utc(text, self._rows.zone)
        at = self._utc(text, UTC)
        return min(at - int(offset * 60) * MINUTE, self._rows.now) if at and abs(offset) <= LARGEST_OFFSET else None

    def _utc(self, text: str, zone: tzinfo) -> int | None:
        """Return a written time in microseconds UTC; None for one that stands for none."""
        found = self._rows.moment(text, zone)
        if found is None or text.startswith("2008-01-01 00:00:00"):
            return None
        return found if FIRST <= found <= self._rows.now + DAY else None

    def _passes(self, text: str) -> int:
        return 1 + int(text[1:] or 0) if PASSES.fullmatch(text) and text[0] == "Y" else 0

    def _custom(self, piece: list[dict[str, Cell]], first: int, last: int) -> dict[int, dict[str, str]]:
        """Return the custom fields of the leads of a piece, by lead."""
        found: dict[int, dict[str, str]] = {}
        for list_id in {str(row["list_id"]) for row in piece}:
            table = f"{CUSTOM}{list_id}"
            name = self._rows.names.known("list", list_id)
            if name not in self._lists or not list_id.isdecimal():
                continue
            if table not in self._custom_tables:
                there = {one.name for one in self._source.columns(table)}
                named = self._lists[name].custom if "lead_id" in there else ()
                self._custom_tables[table] = tuple(one for one in named if one in there)
            columns = self._custom_tables[table]
            if not columns:
                continue
            selected = ", ".join(f"`{one}`" for one in columns)
            sql = f"SELECT lead_id, {selected} FROM `{table}` WHERE lead_id BETWEEN ? AND ?"  # noqa: S608 - names
            for number, *values in self._source.rows(sql, (first, last)):
                texts = {one: str(value) for one, value in zip(columns, values, strict=True) if value not in (None, "")}
                found.setdefault(whole(number), {}).update(texts)
        return found

    def _further(self, first: int, last: int) -> dict[int, str]:
        """Return the further numbers of the leads of a piece, by lead."""
        if not {one.name for one in self._source.columns(ALT_PHONES)} >= FURTHER_COLUMNS:
            return {}
        found: dict[int, list[str]] = {}
        for lead, code, number, note, active in self._source.rows(FURTHER, (first, last)):
            if str(active) == "N" or number in (None, ""):
                continue
            try:
                digits = phone_numbers.checked(str(number))
            except PhoneNumberError as error:
                self._rows.refuse(ALT_PHONES, str(lead), str(error))
            else:
                label = str(note or "").replace("|", " ").replace(":", " ").strip()[: more_numbers.LONGEST_LABEL]
                entry = f"+{code}{digits}" if str(code or "").isdecimal() else digits
                found.setdefault(whole(lead), []).append(f"{entry}:{label}" if label else entry)
        return {lead: "|".join(dict.fromkeys(ones[: more_numbers.MOST])) for lead, ones in found.items()}


def _checked(given: dict[str, str], rank: str) -> dict[str, str | int]:
    """Return the fields as they are stored; signs that no field can have are blanks. Raises OptionError.

    Nearly all leads have usual values. These are not looked at sign by sign, as `checked` does.
    """
    number = given.get("phone_number", "")
    if (
        all(len(text) <= TEXTS[name] and text.isprintable() and text.strip() == text for name, text in given.items())
        and (number.isascii() and number.isdecimal())
        and phone_numbers.SHORTEST <= len(number) <= phone_numbers.LONGEST
        and (rank == "0" and _is_status(given["status"]))
    ):
        return {**given, "rank": 0}
    try:
        return checked(given | {"rank": rank})
    except OptionError:
        plain = {name: text.translate(ASCII_SIGNS)[: TEXTS[name]] for name, text in given.items()}
        return checked(plain | {"rank": rank})


@lru_cache(1000)
def _is_status(text: str) -> bool:
    try:
        return status(text) == text
    except OptionError:
        return False


TAKEN = """
    SELECT lead_id FROM lead WHERE lead_id BETWEEN ? AND ?
        AND NOT EXISTS (SELECT 1 FROM imported_lead WHERE imported_lead.lead_id = lead.lead_id)
"""
BROUGHT = "SELECT lead_id FROM imported_lead WHERE lead_id BETWEEN ? AND ?"
FURTHER_COLUMNS = {"lead_id", "phone_code", "phone_number", "alt_phone_note", "active", "alt_phone_count"}
FURTHER = """
    SELECT lead_id, phone_code, phone_number, alt_phone_note, active FROM vicidial_list_alt_phones
    WHERE lead_id BETWEEN ? AND ? ORDER BY lead_id, alt_phone_count
"""


@lru_cache(50_000)
def _places(code: str, number: str, state: str, province: str, postal: str, country: str) -> tuple[str, str]:
    found = lead_places.of_lead(
        {"phone_code": code, "phone_number": number, "state": state, "province": province, "postal_code": postal,
         "country_code": country}
    )  # fmt: skip
    return found.time_zones, found.jurisdictions


def _next_try(facts: ImportedList, status: str, last: int | None, passes: int) -> int | None:
    """Return when the status is dialled again, as `recycle` of the campaign says; None for not before a reset."""
    minutes, times = facts.recycle.get(status, (0, 0))
    return last + minutes * MINUTE if last is not None and 0 < passes <= times else None


def _lists(db: Connection, source: VicidialSource) -> dict[str, ImportedList]:
    campaigns = {row["list_id"]: row["campaign_id"] for row in source.table("vicidial_lists")}
    found = {}
    sql = "SELECT list.id, list.custom_fields, campaign.recycle FROM list LEFT JOIN campaign ON campaign.id = campaign"
    for name, custom, recycle in db.execute(sql):
        entries = (one.split(":") for one in json.loads(recycle or "[]"))
        delays = {status: (int(minutes), int(times)) for status, minutes, times in entries}
        found[name] = ImportedList(tuple(json.loads(custom)), delays, campaigns.get(name, ""))
    return found
