"""Numbers that must not be dialled, and callbacks that are due."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta, tzinfo

from cli.imports.vicidial.new_names import NewNames
from cli.imports.vicidial.rows.call_conversion import own_id
from cli.imports.vicidial.rows.lead_conversion import EPOCH
from cli.imports.vicidial.source import VicidialSource
from warmline.leads import phone_numbers
from warmline.store.database.database import Connection
from warmline.store.imports.import_runs import MARK, ImportedRow

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

    def __init__(
        self,
        source: VicidialSource,
        db: Connection,
        names: NewNames,
        zone: tzinfo,
        now: int,
        text: Callable[[str], str],
        refuse: Callable[[str, str, str], None],
    ) -> None:
        self._source, self._db, self._names, self._zone, self._now = source, db, names, zone, now
        self._text, self._refuse = text, refuse

    def numbers(self, after: str) -> Iterator[ImportedRow]:
        """Yield the numbers of the whole system behind a number."""
        for piece in self._source.pieces(DNC, (), "phone_number", after):
            for (number,) in piece:
                yield self._number(DNC, str(number or ""), str(number or ""), "")

    def numbers_of_campaigns(self, after: str) -> Iterator[ImportedRow]:
        """Yield the numbers of campaigns behind a key: campaign and number with a blank between them."""
        done, _, number = after.partition(" ")
        sql = f"SELECT DISTINCT campaign_id FROM {CAMPAIGN_DNC} ORDER BY campaign_id"  # noqa: S608 - a constant
        if not self._source.columns(CAMPAIGN_DNC):
            return
        for (campaign,) in self._source.rows(sql):
            old = str(campaign)
            if old < done:
                continue
            since = number if old == done else ""
            while found := self._source.rows(OF_CAMPAIGN, (old, since)):
                for (one,) in found:
                    yield self._number(CAMPAIGN_DNC, f"{old} {one}", str(one), self._names.known("campaign", old))
                since = str(found[-1][0])

    def _number(self, table: str, key: str, number: str, campaign: str) -> ImportedRow:
        digits = phone_numbers.digits(number)
        if len(digits) < phone_numbers.SHORTEST:
            self._refuse(table, key, "it is no number")
            return ImportedRow(key)
        return ImportedRow(key, ((NUMBER, (digits, campaign, self._now, MARK)),))

    def callbacks(self, after: str) -> Iterator[ImportedRow]:
        """Yield the callbacks that are due, now or later, behind a key. Their leads are there already."""
        for piece in self._source.pieces(CALLBACKS, CALLBACK_COLUMNS, "callback_id", int(after or 0)):
            ids = [int(row[1] or 0) for row in piece]
            there = {
                one
                for (one,) in self._db.execute(
                    "SELECT lead_id FROM imported_lead WHERE lead_id BETWEEN ? AND ?", (min(ids), max(ids))
                )
            }
            for key, lead, campaign, status, entered, due, user, recipient, comments, code in piece:
                if status not in DUE:
                    yield ImportedRow(str(key))
                    continue
                at = self._moment(str(due or ""))
                if not at or int(lead or 0) not in there:
                    self._refuse(CALLBACKS, str(key), "it has no time" if not at else "its lead is not there")
                    yield ImportedRow(str(key))
                    continue
                made = self._moment(str(entered or "")) or self._now
                old = str(campaign or "")
                values = (
                    own_id(made // 1_000_000, CALLBACKS, str(key)),
                    self._names.known("campaign", old),
                    self._names.known("agent", str(user or "")) if recipient == "USERONLY" else "",
                    at,
                    made,
                    self._names.known("disposition", str(code or "") or NO_CODE, old),
                    self._text(str(comments or ""))[:COMMENT],
                    lead,
                )
                yield ImportedRow(str(key), ((CALLBACK, values),))

    def _moment(self, text: str) -> int | None:
        try:
            at = datetime.fromisoformat(text).replace(tzinfo=self._zone)
        except ValueError:
            return None
        return (at.astimezone(UTC) - EPOCH) // timedelta(microseconds=1)


OF_CAMPAIGN = f"""
    SELECT phone_number FROM {CAMPAIGN_DNC} WHERE campaign_id = ? AND phone_number > ? ORDER BY phone_number LIMIT 5000
"""  # noqa: S608 - a name of the schema
