"""The non-agent API and links to recordings: any mixture of known fields and values, and any bytes."""

import re
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch
from urllib.parse import quote_from_bytes

from hypothesis import strategies as st
from yarl import URL

from ari_app.http.server import password_check
from ari_app.http.server.limits.rate_limit import RateLimit
from ari_app.http.server.request_heads import AGENT_BODY
from tests.fuzz import hostile, quiet_log
from tests.fuzz.entry_point import Attack, Door
from tests.http.json_site import JsonSite
from tests.http.non_agent import history_rows, vector_site
from warmline.access.login_delays import LoginDelays
from warmline.leads.lead_fields import FIELDS
from warmline.store.configuration import config
from warmline_contrib.vicidial_api.functions import callbacks_of_leads, configuration_changes, duplicates
from warmline_contrib.vicidial_api.non_agent_functions import FUNCTIONS, NOT_SUPPORTED

# fmt: off
OWN = (
    "source", "user", "pass", "stage", "header", "lead_id", "lead_ids", "list_id", "list_name", "campaign_id",
    "campaigns", "ingroups", "in_groups", "user_groups", "statuses", "agent_user", "date", "query_date", "end_date",
    "datetime_start", "datetime_end", "custom_fields", "records", "search_method", "search_location", "no_update",
    "insert_if_not_found", "delete_lead", "delete_cf_data", "reset_lead", "update_phone_number", "list_id_field",
    "user_field", "called_count", "duplicate_check", "dnc_check", "campaign_dnc_check", "multi_alt_phones", "callback",
    "callback_datetime", "callback_type", "callback_user", "callback_status", "callback_comments", "call_id", "group",
    "uniqueid", "extension", "duration", "detail", "type", "field_name", "local_call_time", "tz_method",
    "group_by_campaign", "time_format", "status_breakdown", "reset_list",
    "delete_list", "delete_leads", "active", "expiration_date",
    "reset_time", "outbound_cid", "dial_method", "dial_status_add", "dial_status_remove", "session_id", "phone_login",
    "favorite_color", "idempotency_key", "show_sub_status", "leads_counts", "dialable_count", "custom_order",
)
WORDS = (
    "Y", "N", "ALL", "---ALL---", "--BLANK--", "101", "102", "201", "999", "TESTCAMP", "OUTCAMP", "SALESLINE", "1000",
    "123456", "123457", "123456,123457", "3125550100", "3125550101,3125550100", "3125550667", "AGENTS", "6666", "7006",
    "2026-11-20", "2026-11-20 10:00:00", "9999-12-31", "9999-12-31 23:59:59", "0001-01-01", "NOW", "999DAYS", "REMOVE",
    "DUPSYS90DAY-DUPNAMEPHONELIST-DUPTITLEALTPHONECAMP-DUPPHONEALTSYS", "PHONE_NUMBER", "VENDOR_LEAD_CODE", "LEAD_ID",
    "SALE", "NEW", "24hours", "pipe", "newline", "csv", "tab", "YES", "MONITOR", "X\nSUCCESS: y", "é\nSUCCESS: y",
    "é\0",
    "3125550100 ext 5", "3125550188_1_note|x!3125550189", "0900-1730", "BLOCKED", "1234", "test", "9" * 4000,
    *configuration_changes.DIAL_METHODS, *duplicates.PLACES, callbacks_of_leads.USERONLY,
)
# fmt: on
ANYTHING = st.one_of(st.sampled_from([word.encode() for word in WORDS]), hostile.texts.map(hostile.as_bytes))
NAMES = st.sampled_from([*OWN, *FIELDS])
GIVEN = st.dictionaries(st.one_of(NAMES, NAMES, NAMES, st.text(max_size=20)), ANYTHING, max_size=10)
LOGGED_IN = {"source": b"test", "pass": b"1234"}
LONGEST = 3000  # bytes in an address
PLAYS = ("until", "by", "sig", "x")
# All but these control characters are dropped, or become blanks.
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
STYLES = ("ERROR: ", "SUCCESS: ", "NOTICE: ", "VERSION: ")


class Request(NamedTuple):
    """A request. `again` are fields that occur twice: in the address and in the body."""

    function: str
    post: bool
    fields: dict[str, bytes]
    again: dict[str, bytes]


class Play(NamedTuple):
    """A link to a recording."""

    recording: bytes
    query: list[tuple[str, bytes]]


REQUESTS = st.builds(
    Request,
    st.sampled_from([*FUNCTIONS, *FUNCTIONS, *FUNCTIONS, *NOT_SUPPORTED, "version", ""]),
    st.booleans(),
    st.builds(
        lambda user, given: LOGGED_IN | {"user": user} | given, st.sampled_from([b"6666", b"6666", b"7006"]), GIVEN
    ),
    st.dictionaries(NAMES, ANYTHING, max_size=2),
)
PARTS = st.one_of(ANYTHING, st.sampled_from([b"1", b"1795200000", b"6666", b"token:crm", b"user:ada", b"a" * 64]))
PLAYED = st.builds(
    Play,
    st.one_of(st.sampled_from([b"5001", b"R%2F1"]), ANYTHING.map(lambda given: given[:200] or b"%")),
    st.lists(st.tuples(st.sampled_from(PLAYS), PARTS), max_size=5),
)
INPUTS = st.lists(st.one_of(REQUESTS, REQUESTS, REQUESTS, PLAYED), min_size=1, max_size=3)


def _encoded(fields: dict[str, bytes]) -> str:
    return "&".join(
        f"{quote_from_bytes(hostile.as_bytes(name))}={quote_from_bytes(value)}" for name, value in fields.items()
    )


class _Site:
    def __init__(self, made: JsonSite, log: quiet_log.Log) -> None:
        self._made, self._log = made, log

    def attacked(self, given: list[Request | Play]) -> None:
        for one in given:
            if isinstance(one, Request):
                self._asked(one)
            else:
                self._played(one)
            self._log.is_quiet()

    def _asked(self, one: Request) -> None:
        first, more = _encoded(one.fields | {"function": one.function.encode()}), _encoded(one.again)
        in_body = one.post or len(first) + len(more) > LONGEST
        query = more[:LONGEST] if in_body else f"{first}&{more}"
        form = first if in_body else ""
        status, page = self._sent("POST" if in_body else "GET", f"{vector_site.PATH}?{query}", form)
        if status == 413:
            assert len(form) > AGENT_BODY
            return
        assert status == 200, status
        assert "Traceback" not in page
        if one.function != "lead_field_info":  # it answers with the value alone
            assert not CONTROLS.search(page), page[:200]
        if page.startswith("ERROR: "):
            assert all(line.startswith(STYLES) for line in page.splitlines()), page

    def _played(self, one: Play) -> None:
        query = "&".join(f"{name}={quote_from_bytes(value[:1500])}" for name, value in one.query)
        status, page = self._sent("GET", f"/r/{quote_from_bytes(one.recording, safe='%')}?{query}", "")
        assert status in (404, 410, 414, 429), (status, page)

    def _sent(self, method: str, path: str, form: str) -> tuple[int, str]:
        url = URL(f"{self._made.url}{path}", encoded=True)

        async def go() -> tuple[int, str]:
            headers = {"Content-Type": "application/x-www-form-urlencoded"} if form else {}
            async with self._made.client.session.request(method, url, data=form or None, headers=headers) as response:
                return response.status, await response.text()

        return self._made.do(go())


@cache
def _database() -> bytes:
    """Provide a database with leads, lists, calls and recordings, and with links switched on."""
    with tempfile.TemporaryDirectory() as folder:
        path = vector_site.base(Path(folder, "warmline.db"))
        with closing(sqlite3.connect(path)) as db, db:
            history_rows.history(db)
        links = {"recording_links": "api,admin"}
        config.set_options(path, "setting", "warmline", links, who="test")
        return path.read_bytes()


@contextmanager
def opened() -> Iterator[Attack]:
    with tempfile.TemporaryDirectory() as folder, quiet_log.kept() as log:
        database = Path(folder, "warmline.db")
        database.write_bytes(_database())
        made = JsonSite(database, Path(folder), password_check.from_store(str(database)), ("1000",))
        try:
            with patch.object(LoginDelays, "wait", _never), patch.object(RateLimit, "wait", _never):
                yield _Site(made, log).attacked
        finally:
            made.close()


def _never(*_: object) -> float:
    """Let each request be looked at, also behind many wrong passwords and links."""
    return 0.0


DOOR = Door("non-agent API", INPUTS, opened, quick=10)
