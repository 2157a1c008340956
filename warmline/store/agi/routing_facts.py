"""The facts that AGI scripts read from the database, which they open read-only for a few milliseconds."""

import os
import sqlite3
import time
from types import SimpleNamespace

from warmline.core.rules import number_text
from warmline.core.rules.extension_pattern import DEFAULT_EXTENSION, list_matches
from warmline.core.rules.login_rules import LoginFacts
from warmline.core.rules.routing import DidFacts, get_ingroup, split_route
from warmline.store.database.kept_connections import MOST, OpenConnections
from warmline.text.coded_error import CodedError

TYPE_CHECKING = False  # typing would cost an AGI script 5 ms
if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from typing import Any, TypeVar

    from warmline.core.rules.call_times import CallTimeCheck

    T = TypeVar("T")
    Targets = tuple[dict[str, str], dict[str, str], tuple[str, ...], tuple[str, ...]]

BUSY = 0.1  # seconds to wait for a lock, in which a caller hears nothing
WITHIN = 2  # seconds to wait for a server
COPY_FOR = 5.0  # seconds for which a server that did not answer is not asked again
KEPT_FOR = 5.0  # seconds since a copy was confirmed, within which a process reads it first


class FactsError(CodedError):
    """The database cannot be read; the text names the file, the fault and the fix."""


class KeptDatabase:
    """A database whose connections stay open between reads. Threads may share it.

    Every function here accepts it in place of a path. It saves the 2 ms in which opening a database parses its schema.
    While the server of a database does not answer, its copy for routing is read. With `copy_first`, calls do not wait
    for a server: the copy is read before it, as long as its keeper lives (routing_copy.py).
    """

    __slots__ = ("_connections", "_copy_first", "_copy_until", "path")

    def __init__(self, path: str, most: int = MOST, *, copy_first: bool = False) -> None:
        self.path = path
        self._copy_first = copy_first
        self._connections = OpenConnections(_opened, most)
        self._copy_until = 0.0  # in monotonic seconds

    def read(self, read: "Callable[[sqlite3.Connection], T]") -> "T":
        """Call `read` in one transaction, and return its result. Raises FactsError."""
        if type(self.path) is str:
            return self._read(self.path, read)
        failure, copy = None, copy_of(self.path)
        if time.monotonic() >= self._copy_until and not (self._copy_first and _is_kept(copy)):
            try:
                return self._read(self.path, read)
            except FactsError as error:
                failure, self._copy_until = error, time.monotonic() + COPY_FOR
        try:
            return self._read(copy, read)
        except FactsError:  # there is no copy, or it does not have these facts
            if failure:
                raise failure from None
            return self._read(self.path, read)

    def _read(self, path: str, read: "Callable[[sqlite3.Connection], T]") -> "T":
        one = None
        try:
            one = self._connections.begin(path)
            found = read(one.connection)
        except (sqlite3.Error, UnicodeError) as error:
            if one:
                one.close()
                one = None
            older = "; it may be older than the scripts: warmline db migrate" if "no such" in str(error) else ""
            raise FactsError(
                "agi_database_unreadable",
                "database {path} cannot be read: {why}{hint}",
                path=path,
                why=error,
                hint=older,
            ) from None
        finally:
            if one:
                self._connections.end(one)
        return found

    def close(self) -> None:
        """Close the connections that no thread is using."""
        self._connections.close()


DID = """
    SELECT route, call_time_id, after_hours_route, filter_inbound_number, filter_phone_group_id, filter_route,
           blocklist, setting.timezone
    FROM did LEFT JOIN setting WHERE did.id = ?
"""
PATTERNS = "SELECT id, did_active FROM did WHERE id = ?1 OR id = ?2 OR (id >= '_' AND id < '`')"
HOLIDAYS = """
    SELECT holiday.* FROM call_time, json_each(call_time.ct_holidays) AS day JOIN holiday ON holiday.id = day.value
    WHERE call_time.id = ? ORDER BY day.key
"""
# Numbers are compared by their digits; json_each spares a script the time to load json.
LISTED = """
    SELECT EXISTS (
        SELECT 1 FROM container, json_each(container.entries) AS entry
        WHERE container.id = ?
        AND replace(replace(replace(replace(replace(entry.value, '+', ''), '*', ''), '#', ''), '.', ''), '-', '') = ?
    )
"""
NO_MORE = "[]"
MORE_HOURS = "SELECT value FROM call_time, json_each(call_time.ct_more_hours) WHERE call_time.id = ?"
DATA_ROUTES = "SELECT value FROM did, json_each(did.data_routes) WHERE did.id = ?"
DATA_NAMES = "SELECT value FROM setting, json_each(setting.call_data)"
DATA_HEADERS = "SELECT value FROM setting, json_each(setting.call_data_headers)"
ZONES = "SELECT call_time.timezone, setting.timezone FROM call_time LEFT JOIN setting WHERE call_time.id = ?"
KNOWN = {  # by kind, as `warmline KIND list` has it: whether a name exists, and all names
    "agent": ("SELECT 1 FROM agent WHERE id = ?", "SELECT id FROM agent ORDER BY id"),
    "campaign": ("SELECT 1 FROM campaign WHERE id = ?", "SELECT id FROM campaign ORDER BY id"),
    "call-time": ("SELECT 1 FROM call_time WHERE id = ?", "SELECT id FROM call_time ORDER BY id"),
    "ingroup": ("SELECT 1 FROM ingroup WHERE id = ?", "SELECT id FROM ingroup ORDER BY id"),
}
LOGIN = """
    SELECT agent.id, agent.pin, campaign.id, campaign.phone_login
    FROM agent LEFT JOIN campaign ON campaign.id = agent.campaign
    WHERE agent.phone = ?
"""


def did(source: str | KeptDatabase, number: str, caller: str, at: int) -> DidFacts:
    """Return the configuration for a dialled number and its caller at the time `at` (microseconds UTC).

    Raises FactsError.
    """
    return read_from(source, lambda db: read_did(db, number, number_text.to_dialled_digits(caller), at))


def read_did(db: sqlite3.Connection, number: str, caller: str, at: int) -> DidFacts:
    """Return the same from an open database; `caller` is the caller's number, digits only."""
    name, inactive = _which(db, number)
    if name is None:
        return DidFacts(number, inactive_dids=inactive)  # such a call is not passed on, and neither is its data
    route, call_time, closed_route, filters, group, filter_route, blocklist, zone = db.execute(DID, (name,)).fetchone()
    data_routes = _names(db, DATA_ROUTES, name)
    ingroups, agents = _targets(db, (route, closed_route, filter_route, *_results(data_routes)))
    group = group if filters == "GROUP" else None
    return DidFacts(
        number,
        name,
        route,
        inactive_dids=inactive,
        hours=_hours(db, call_time, zone, at) if call_time else None,
        after_hours_route=closed_route,
        caller=caller,
        blocklist=blocklist or "",
        is_blocked=_listed(db, blocklist, caller),
        filter_group=group or "",
        is_filtered=_listed(db, group, caller),
        filter_route=filter_route,
        ingroups=ingroups,
        agents=agents,
        data_names=_names(db, DATA_NAMES),
        data_headers=_names(db, DATA_HEADERS),
        data_routes=data_routes,
    )


def targets(source: str | KeptDatabase, route: str) -> "Targets":
    """Return the in-groups and agents (name → active) in a route that exist, and the names and headers of data to read.

    Raises FactsError.
    """
    return read_from(source, lambda db: (*_targets(db, (route,)), _names(db, DATA_NAMES), _names(db, DATA_HEADERS)))


def login(source: str | KeptDatabase, phone: str) -> LoginFacts:
    """Return the agent of a phone, and how that agent may log in from it. Raises FactsError."""
    return read_from(source, lambda db: LoginFacts(phone, *_row(db, LOGIN, phone) or ()))


def hours(source: str | KeptDatabase, name: str, at: int) -> "tuple[CallTimeCheck, str]":
    """Return the state of a call time at `at` (microseconds UTC), and its time zone. Raises FactsError, NotFound."""
    check_known(source, "call-time", name)
    return read_from(source, lambda db: _hours_and_zone(db, name, at))


def _hours_and_zone(db: sqlite3.Connection, name: str, at: int) -> "tuple[CallTimeCheck, str]":
    own, usual = db.execute(ZONES, (name,)).fetchone()
    return _hours(db, name, usual, at), own or usual or "UTC"


def check_known(source: str | KeptDatabase, kind: str, name: str) -> None:
    """Raise NotFound with the nearest name if no entity of this KNOWN kind has this name. Raises FactsError."""
    one, every = KNOWN[kind]
    if read_from(source, lambda db: _row(db, one, name)):
        return
    from warmline.store.database.errors import unknown

    raise unknown(kind, name, read_from(source, lambda db: _names(db, every)))


def timezone(source: str | KeptDatabase) -> str:
    """Return the time zone of the setting. Raises FactsError."""
    return read_from(source, lambda db: str(db.execute("SELECT timezone FROM setting").fetchone()[0]))


def meant(source: str | KeptDatabase, kind: str, name: str) -> str:
    """Return `; did you mean …?` with the nearest name of this kind if no entity has this one, "" for none near."""
    if kind not in KNOWN:
        return ""
    from warmline.store.database.errors import NotFound

    try:
        check_known(source, kind, name)
    except NotFound as unknown:
        hint = str(unknown).rpartition("; ")[2]
        return f"; {hint}" if hint.startswith("did you mean") else ""
    return ""


def _names(db: sqlite3.Connection, sql: str, *values: str) -> "tuple[str, ...]":
    return tuple(name for (name,) in db.execute(sql, values))


def _results(data_routes: "tuple[str, ...]") -> "tuple[str, ...]":
    """Return the routes of the rules about data."""
    if not data_routes:
        return ()
    from warmline.core.rules.data_rules import ROUTE_SIGN  # not needed for a DID without rules

    return tuple(rule.rpartition(ROUTE_SIGN)[2] for rule in data_routes)


def _which(db: sqlite3.Connection, number: str) -> "tuple[str | None, tuple[str, ...]]":
    """Return the DID for a number, and the better matches that are not active."""
    if _row(db, "SELECT 1 FROM did WHERE id = ? AND did_active = 'Y'", number):
        return number, ()
    active: dict[str, str] = dict(db.execute(PATTERNS, (number, DEFAULT_EXTENSION)))
    names = list_matches(number, active)
    first = next((at for at, name in enumerate(names) if active[name] == "Y"), len(names))
    return next(iter(names[first:]), None), tuple(names[:first])


def _hours(db: sqlite3.Connection, name: str, zone: str, at: int) -> "CallTimeCheck":
    from warmline.core.rules import call_times  # not needed for a DID that is always open

    (call_time,) = _records(db, "SELECT * FROM call_time WHERE id = ?", name)
    more = getattr(call_time, "ct_more_hours", NO_MORE)  # a copy of an older release lacks the column
    call_time.ct_more_hours = () if more == NO_MORE else tuple(one for (one,) in db.execute(MORE_HOURS, (name,)))
    return call_times.check(call_time, _records(db, HOLIDAYS, name), zone or "", at)


def _listed(db: sqlite3.Connection, container: str | None, caller: str) -> bool:
    """Return whether the caller's number is in the list; False for a caller without a number."""
    return bool(container and caller and _row(db, LISTED, container, caller) == (1,))


def _targets(db: sqlite3.Connection, routes: "Collection[str]") -> "tuple[dict[str, str], dict[str, str]]":
    ingroups: dict[str, str] = {}
    agents: dict[str, str] = {}
    for route in set(filter(None, routes)):
        if group := get_ingroup(route):
            ingroups.update(db.execute("SELECT id, active FROM ingroup WHERE id = ?", (group,)))
            agents.update(db.execute("SELECT id, active FROM agent WHERE id = ?", (split_route(route)[1],)))
    return ingroups, agents


def _records(db: sqlite3.Connection, sql: str, name: str) -> "list[Any]":
    cursor = db.execute(sql, (name,))
    names = [column[0] for column in cursor.description]
    return [SimpleNamespace(**dict(zip(names, row, strict=True))) for row in cursor]


def read_from(source: "str | KeptDatabase", read: "Callable[[sqlite3.Connection], T]") -> "T":
    """Call `read` in one transaction of a database, or of the file at a path; return its result. Raises FactsError."""
    if not isinstance(source, str):
        return source.read(read)
    return KeptDatabase(source, most=0).read(read)


def read_by_name(source: "str | KeptDatabase", read: "Callable[[sqlite3.Connection], T]") -> "T":
    """Call `read` in the same way, with rows by name (sqlite3.Row). Raises FactsError."""

    def set_rows_and_read(db: sqlite3.Connection) -> "T":
        db.row_factory = sqlite3.Row
        return read(db)

    return read_from(source, set_rows_and_read)


def _row(db: sqlite3.Connection, sql: str, *values: str) -> "tuple[Any, ...] | None":
    row: tuple[Any, ...] | None = db.execute(sql, values).fetchone()
    return row


def copy_of(path: str) -> str:
    """Return the path of the copy for routing of a database, which routing_copy.py writes."""
    return f"{getattr(path, 'files', path)}-routing"


def _is_kept(copy: str) -> bool:
    """Return whether the copy at this path was confirmed just now."""
    try:
        return abs(time.time() - os.stat(copy).st_mtime) <= KEPT_FOR  # noqa: PTH116 - pathlib costs an AGI script 5 ms
    except OSError:
        return False


def _opened(path: str, mode: str) -> "sqlite3.Connection":
    if type(path) is not str:  # the address of a server
        try:
            from warmline.store.postgresql import driver  # noqa: F401 - first: the other module loads 4 ms before it
            from warmline.store.postgresql.server_connection import opened  # only an address needs it
        except ImportError as error:  # a script that the dialplan runs as a process has no packages
            raise sqlite3.OperationalError(str(error)) from None

        return opened(path, BUSY, only_read=True, within=WITHIN)  # type: ignore[arg-type, return-value] # as in database.py
    where = f"{_uri(path)}?mode={mode}"
    return sqlite3.connect(where, uri=True, timeout=BUSY, isolation_level=None, check_same_thread=False)


def _uri(path: str) -> str:
    return "file:" + path.replace("%", "%25").replace("?", "%3f").replace("#", "%23")
