"""Facts about a source: its tables, its time zone and character set, and how many rows it has."""

from collections.abc import Iterator
from datetime import UTC, datetime, tzinfo

from warmline_contrib.imports.vicidial.column_fates import TABLES
from warmline_contrib.imports.vicidial.source import VicidialSource, whole

LARGE = (
    *("vicidial_list", "vicidial_list_alt_phones", "vicidial_dnc", "vicidial_campaign_dnc", "vicidial_callbacks"),
    *("vicidial_log", "vicidial_closer_log", "vicidial_agent_log", "recording_log"),
)
PROBED = ("vicidial_log", "vicidial_closer_log")
SEEN = 2000  # rows of a probe
FORM = "%Y-%m-%d %H:%M:%S"
HOUR = 3600
FARTHEST = 16 * HOUR  # from UTC, of any zone
LATEST = 4_102_444_800  # 2100, in seconds since 1970


def counts(source: VicidialSource) -> dict[str, int]:
    """Return the number of rows of each large table that the source has."""
    return {table: source.count(table) for table in LARGE if source.columns(table)}


def said(source: VicidialSource) -> list[str]:
    """Return lines about the source."""
    there = [table for table in TABLES if source.columns(table)]
    lines = [f"{len(there)} of {len(TABLES)} tables are there"]
    if missing := [table for table in TABLES if table not in there]:
        lines.append(f"tables that the source does not have: {', '.join(missing)}")
    found = offsets(source)
    shown = ", ".join(f"{offset / HOUR:+g} h" for offset in sorted(found))
    lines.append(
        f"time zone of the server: {source.zone or 'not said'}; its calls are {shown or 'too few to tell it'}"
        f"{' from UTC' if shown else ''}"
    )
    lines.append(f"character set: {source.charset or 'not said'}")
    if doubled := doubly_encoded(source):
        lines.append(
            f"{doubled} of the first {SEEN} names of leads look like UTF-8 that was stored as latin1: import with "
            "--text-is-utf8"
        )
    return lines


def offsets(source: VicidialSource) -> set[int]:
    """Return the offsets from UTC in seconds of the calls that were looked at: the times of a call are there twice."""
    return {offset for _, _, offset in _probed(source)}


def contradiction(source: VicidialSource, zone: tzinfo) -> tuple[str, str] | None:
    """Return a call whose clock showed another time than the zone had: that time, and the right one in UTC."""
    for local, epoch, offset in _probed(source):
        at = datetime.fromtimestamp(epoch, zone)
        right = at.utcoffset()
        if right is not None and right.total_seconds() != offset:
            return local, f"{at.astimezone(UTC):{FORM}} UTC"
    return None


def _probed(source: VicidialSource) -> Iterator[tuple[str, int, int]]:
    """Yield the first and last calls: the time of the clock, that since 1970 in seconds, and the offset."""
    for table in PROBED:
        if not {"call_date", "start_epoch"} <= {one.name for one in source.columns(table)}:
            continue
        for order in ("", " DESC"):
            # S608: names of the schema, and constants.
            statement = f"SELECT call_date, start_epoch FROM `{table}` ORDER BY call_date{order} LIMIT {SEEN}"  # noqa: S608
            for local, began in source.rows(statement):
                epoch = whole(began)
                offset = _offset(str(local or ""), epoch) if 0 < epoch < LATEST else None
                if offset is not None and abs(offset) <= FARTHEST:  # else the row is broken, and says nothing
                    yield str(local), epoch, offset


def _offset(local: str, epoch: int) -> int | None:
    try:
        at = datetime.strptime(local, FORM).replace(tzinfo=UTC)
    except ValueError:
        return None
    quarter = 900
    return round((at.timestamp() - epoch) / quarter) * quarter


def doubly_encoded(source: VicidialSource) -> int:
    """Return how many names of leads are UTF-8 that a table has as latin1, among the first ones."""
    if not source.columns("vicidial_list"):
        return 0
    # S608: names of the schema, and constants.
    rows = source.rows(f"SELECT last_name, first_name FROM vicidial_list ORDER BY lead_id LIMIT {SEEN}")  # noqa: S608
    return sum(any(repaired(str(one or "")) != str(one or "") for one in row) for row in rows)


def repaired(text: str) -> str:
    """Return a text of UTF-8 bytes that was read as latin1 as it was meant; another text stays."""
    if text.isascii():
        return text
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return text
