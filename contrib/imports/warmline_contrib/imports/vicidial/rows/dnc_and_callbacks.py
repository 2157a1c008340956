"""Numbers that must not be dialled, and callbacks that are due."""

import json
from collections.abc import Container, Iterator
from functools import partial

from warmline.leads import phone_numbers
from warmline.leads.phone_numbers import PhoneNumberError
from warmline_contrib.imports.store.import_runs import MARK, ImportedRow
from warmline_contrib.imports.vicidial.rows.call_conversion import own_id
from warmline_contrib.imports.vicidial.rows.row_import import RowImport, Statements, following, refused
from warmline_contrib.imports.vicidial.source import Cell, whole

DNC, CAMPAIGN_DNC, CALLBACKS = "vicidial_dnc", "vicidial_campaign_dnc", "vicidial_callbacks"
NUMBER = "INSERT OR IGNORE INTO dnc (phone_number, campaign, at, \"by\", why) VALUES (?, ?, ?, ?, '')"
CALLBACK_COLUMNS = (
    *("lead_id", "campaign_id", "status", "entry_time", "callback_time", "user", "recipient", "comments"),
    "lead_status",
)
DUE = ("ACTIVE", "LIVE")
NO_CODE = "CALLBK"
CALLBACK = f"""
    INSERT OR IGNORE INTO callback
        (id, call, lead, number, ingroup, campaign, agent, at, made, status, comments, "by", state)
    SELECT ?, '', lead_id, phone_number, '', ?, ?, ?, ?, ?, ?, '{MARK}', 'pending' FROM lead WHERE lead_id = ?
"""  # noqa: S608 - only constants of the code
COMMENT = 4000  # characters


class OtherReader:
    """Reads the numbers and callbacks of a source piece by piece."""

    def __init__(self, rows: RowImport) -> None:
        self._rows = rows
        self._agents = {one for (one,) in rows.db.execute("SELECT id FROM agent")}

    def numbers(self, after: str) -> Iterator[ImportedRow]:
        """Yield the numbers of the whole system behind a number."""
        for piece in self._rows.source.pieces(DNC, (), "phone_number", after):
            for (number,) in piece:
                yield self._number(DNC, str(number or ""), str(number or ""), "")

    def numbers_of_campaigns(self, after: str) -> Iterator[ImportedRow]:
        """Yield the numbers of campaigns behind a key: campaign and number with a blank between them."""
        done, _, number = after.rpartition(" ")
        sql = f"SELECT DISTINCT campaign_id FROM {CAMPAIGN_DNC}"  # noqa: S608 - a constant
        if not {"campaign_id", "phone_number"} <= {one.name for one in self._rows.source.columns(CAMPAIGN_DNC)}:
            return
        # A server may sort capitals beside small letters, in another order than `done` is compared.
        for old in sorted(str(campaign) for (campaign,) in self._rows.source.rows(sql)):
            if old < done:
                continue
            since, here = number if old == done else "", self._rows.names.known("campaign", self._rows.short(old))
            while found := self._rows.source.rows(OF_CAMPAIGN, (old, since)):
                for (one,) in found:
                    yield self._number(CAMPAIGN_DNC, f"{old} {one}", str(one), here)
                since = str(found[-1][0])

    def _number(self, table: str, key: str, number: str, campaign: str) -> ImportedRow:
        try:
            digits = phone_numbers.checked(number)
        except PhoneNumberError as error:  # such as 312XXXXXXX, which stands for all numbers of an area
            self._rows.refuse(table, key, str(error))
            return ImportedRow(key)
        return ImportedRow(key, ((NUMBER, (digits, campaign, self._rows.now, MARK)),))

    def callbacks(self, after: str) -> Iterator[ImportedRow]:
        """Yield the callbacks that are due, now or later, behind a key. Their leads are there already."""
        for piece in self._rows.source.pieces(CALLBACKS, CALLBACK_COLUMNS, "callback_id", following(after)):
            ids = json.dumps([whole(row[1]) for row in piece])
            there = {one for (one,) in self._rows.db.execute(BROUGHT, (ids,))}
            for row in piece:
                yield self._rows.row(CALLBACKS, row[0], partial(self._callback, row, there))

    def _callback(self, row: tuple[Cell, ...], there: Container[int]) -> Statements:
        key, lead, campaign, status, entered, due, user, recipient, comments, code = row
        if status not in DUE:
            return ()
        at = self._rows.moment(due)
        if not at:
            raise refused("import_callback_without_time", "it has no time")
        if whole(lead) not in there:
            raise refused("import_callback_without_lead", "its lead is not there")
        made, old = self._rows.moment(entered) or self._rows.now, self._rows.short(campaign)
        agent = self._rows.agent(user) if recipient == "USERONLY" else ""
        values = (
            own_id(made // 1_000_000, CALLBACKS, str(key)),
            self._rows.names.known("campaign", old),
            agent if agent in self._agents else "",  # any agent keeps the promise of one who is gone
            at,
            made,
            self._rows.names.known("disposition", self._rows.short(code) or NO_CODE, old),
            self._rows.text(self._rows.short(comments, COMMENT)),
            whole(lead),
        )
        return ((CALLBACK, values),)


BROUGHT = "SELECT lead_id FROM imported_lead WHERE lead_id IN (SELECT CAST(value AS INTEGER) FROM json_each(?))"
OF_CAMPAIGN = f"""
    SELECT phone_number FROM {CAMPAIGN_DNC} WHERE campaign_id = ? AND phone_number > ? ORDER BY phone_number LIMIT 5000
"""  # noqa: S608 - a name of the schema
