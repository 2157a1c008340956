"""For each option of DIDs, call times and holidays, and each routing setting, a case in which it matters."""

from tests.options.databases import CALLER, dials
from tests.options.worlds import Case, Story
from warmline.options.did_options import DAYS

MORNING, NOON, EVENING = dials("2026-12-23 08:30"), dials("2026-12-23 12:00"), dials("2026-12-23 19:30")
HOLIDAY = dials("2026-12-24 10:00")
HOURS = {"did.call_time_id": "OFFICE"}
HOLIDAYS = HOURS | {"call-time.ct_holidays": "EVE"}
GROUP = {"filter_inbound_number": "GROUP"}
LISTED = {"filter_phone_group_id": "VIPS"}
OPEN, CLOSED = "OFFICE is open", "OFFICE is closed"

DID = {
    "route": Case(NOON, "callmenu:nights", against="ingroup:SALESLINE", shows="nights,s,1"),
    "data_routes": Case(dials("2026-12-23 12:00", language="DE"), "language=de -> callmenu:german", shows="german,s,1"),
    "did_active": Case(NOON, "N", shows="not active"),
    "call_time_id": Case(EVENING, "OFFICE", shows=CLOSED),
    "after_hours_route": Case(EVENING, "voicemail:8777", HOURS, shows="8777"),
    "filter_inbound_number": Case(NOON, "GROUP", LISTED, shows=f"caller {CALLER} is in VIPS"),
    "filter_phone_group_id": Case(NOON, "VIPS", GROUP, shows=f"caller {CALLER} is in VIPS"),
    "filter_route": Case(NOON, "voicemail:8777", GROUP | LISTED, shows="8777"),
}

CONTAINER = {
    "entries": Case(
        NOON,
        CALLER,
        {"did.filter_inbound_number": "GROUP", "did.filter_phone_group_id": "VIPS"},
        shows=f"caller {CALLER} is in VIPS",
        against="999",
    ),
}

SETTING = {
    "timezone": Case(MORNING, "Europe/Berlin", HOURS, shows=OPEN),
    "blocklist": Case(NOON, "VIPS", shows=f"caller {CALLER} is in VIPS"),
}


def on(number: int, clock: str) -> Story:
    """Return a day of the week before Christmas; Sunday is 0."""
    return dials(f"2026-12-{13 + number} {clock}")


def days() -> dict[str, Case]:
    """Return each day's own hours; 0 as the start is midnight, 0 as the stop is the next midnight."""
    cases = {}
    for number, day in enumerate(DAYS):
        start, stop = f"ct_{day}_start", f"ct_{day}_stop"
        cases[start] = Case(on(number, "06:30"), "700", HOURS | {stop: "1900"}, shows=CLOSED)
        cases[stop] = Case(on(number, "19:30"), "1900", HOURS | {start: "900"}, shows=CLOSED)
    return cases


CALL_TIME = {
    "ct_default_start": Case(MORNING, "800", HOURS, against="900", shows=OPEN),
    "ct_default_stop": Case(EVENING, "2000", HOURS, against="1800", shows=OPEN),
    **days(),
    "ct_more_hours": Case(EVENING, "wed:1900-2000", HOURS, shows=OPEN),
    "ct_holidays": Case(HOLIDAY, "EVE", HOURS, shows=CLOSED),
    "timezone": Case(MORNING, "Europe/Berlin", HOURS, shows=OPEN),
}


HOLIDAY_CASES = {
    "holiday_name": Case(HOLIDAY, "Christmas Eve", HOLIDAYS, shows="Christmas Eve"),
    "holiday_date": Case(NOON, "2026-12-23", HOLIDAYS, shows=CLOSED),
    "holiday_status": Case(HOLIDAY, "INACTIVE", HOLIDAYS, shows=OPEN),
    "ct_default_start": Case(HOLIDAY, "900", HOLIDAYS | {"ct_default_stop": "1200"}, shows=OPEN),
    "ct_default_stop": Case(HOLIDAY, "930", HOLIDAYS | {"ct_default_start": "900"}, shows=CLOSED),
}
