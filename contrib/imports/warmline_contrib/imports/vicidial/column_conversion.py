"""Reads rows of VICIdial's tables as entities of Warmline, and notes how each value is read, or why it is not.

Most options have VICIdial's names, so a column is read as the option of the same name. The others are in the tables
below, with the reason why Warmline does not take them.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import NamedTuple

from warmline.options.campaign import dialler_options
from warmline.options.campaign.lead_dialling_options import LEAD_DIALLING_OPTIONS
from warmline.options.option_table import CALL_TIME, CAMPAIGN, LIST
from warmline.options.values.entity import Entity, Option
from warmline.options.values.option_types import Value

Row = Mapping[str, str]
Tables = Mapping[str, Iterable[Row]]
Config = dict[str, dict[str, dict[str, Value]]]

CAMPAIGNS, LISTS, RECYCLE, CALL_TIMES = (
    "vicidial_campaigns",
    "vicidial_lists",
    "vicidial_lead_recycle",
    "vicidial_call_times",
)
KEYS = {CAMPAIGNS: "campaign_id", LISTS: "list_id", CALL_TIMES: "call_time_id"}
OF_TABLE = {CALL_TIMES: CALL_TIME, CAMPAIGNS: CAMPAIGN, LISTS: LIST}
BESIDES = (
    *("campaign_name", "active", "dial_timeout", "campaign_cid", "dial_prefix"),
    *("manual_preview_dial", "am_message_exten"),
)
DIALLING = frozenset((*BESIDES, *(one.name for one in (*dialler_options.OF_CAMPAIGN, *LEAD_DIALLING_OPTIONS))))
UNSET = frozenset(("", "NULL", "NONE", "---NONE---", "DISABLED", "N", "0", "\\N"))
MINUTE = 60  # seconds
EVERY_NEW = re.compile(r"(.+) ([2-6])(?:nd|rd|th) NEW")  # a lead_order in which every 2nd to 6th lead is new


class Taken(StrEnum):
    """The fate of a column."""

    READ = "read"
    NOT_NEEDED = "not needed"
    REFUSED = "refused"


class ColumnNote(NamedTuple):
    """The fate of one value of a row, and the reason or the value that it is read as."""

    kind: str
    name: str
    column: str
    value: str
    taken: Taken
    why: str


PREDICTED = "the prediction knows what this stands for"
BY_ITSELF = "the leads at hand are as many as the dialler needs"
NOT_NEEDED = dict.fromkeys(
    (
        *("adaptive_intensity", "adaptive_latest_server_time", "adaptive_dl_diff_target"),
        *("available_only_ratio_tally", "available_only_tally_threshold", "available_only_tally_threshold_agents"),
        *("incall_tally_threshold_seconds", "dial_level_threshold"),
    ),
    PREDICTED,
) | dict.fromkeys(
    ("hopper_level", "use_auto_hopper", "auto_hopper_multi", "auto_trim_hopper", "hopper_vlc_dup_check"), BY_ITSELF
)
# A column that Warmline refuses unless it has this value: the reason.
REFUSED = {
    "use_internal_dnc": ("Y", "the do-not-call list of the system is always asked"),
    "lead_filter_id": ("", "it is text run as SQL; keep such leads in a list of their own"),
    "list_order_mix": ("", "lists are dialled in one order"),
    "use_campaign_dnc": ("Y", "the do-not-call list of the campaign is always asked"),
}
SAME = {
    "dial_method": {"INBOUND_MAN": "MANUAL"},
    "drop_action": {"AUDIO": "MESSAGE"},
}
WHY_NOT = {
    "adaptive_dropped_percentage": "the law allows 3 percent at most",
    "drop_call_seconds": "a dropped person must hear the message within 2 seconds of the answer",
    "dial_timeout": "an unanswered call rings for 15 seconds at least",
}
AMD_EXTENSIONS = ("8369", "8373")  # values of campaign_vdad_exten that run AMD()
NO_MESSAGE = "buzz"  # safe_harbor_audio by default: no message


def convert(tables: Tables) -> tuple[Config, list[ColumnNote]]:
    """Return the entities by kind and name with the options that differ from their default, and the notes."""
    config: Config = {}
    notes: list[ColumnNote] = []
    recycle = recycling(tables.get(RECYCLE, ()))
    for table, entity in OF_TABLE.items():
        for row in tables.get(table, ()):
            name = row[KEYS[table]]
            try:
                entity.names.parse(name)
            except ValueError:
                why = f"allowed as a name: {entity.names.allowed}"
                notes.append(ColumnNote(entity.kind, name, KEYS[table], name, Taken.REFUSED, why))
                continue
            found = config.setdefault(entity.kind, {}).setdefault(name, {})
            given = adapted(table, row)
            if table == CAMPAIGNS and name in recycle:
                given["recycle"] = recycle[name]
            for note, value in _columns(entity, name, given):
                notes.append(note)
                if value is not None:
                    found[note.column] = value
    return config, notes


def adapted(table: str, row: Row) -> dict[str, str]:
    """Return the columns with their values as Warmline writes them."""
    found = {column: SAME.get(column, {}).get(value, value) for column, value in row.items() if value is not None}
    if table == LISTS:
        found["campaign"] = found.pop("campaign_id", "")
        found["reset_times"] = found.pop("reset_time", "")
        if found.get("local_call_time") == "campaign":
            found["local_call_time"] = ""
        if found.get("expiration_date", "").startswith(("2099", "0000")):
            found["expiration_date"] = ""
    for statuses in found.keys() & {"dial_statuses", "auto_alt_dial_statuses"}:
        found[statuses] = ",".join(one for one in found[statuses].split() if one != "-")
    if mixed := EVERY_NEW.fullmatch(found.get("lead_order", "")):
        found["lead_order"], found["new_lead_every"] = mixed.groups()
    if found.get("campaign_vdad_exten") in AMD_EXTENSIONS:
        found["amd"] = "TAKE"
    if found.get("safe_harbor_audio") == NO_MESSAGE:
        found["safe_harbor_audio"] = ""
    return found


def recycling(rows: Iterable[Row]) -> dict[str, str]:
    """Return the option `recycle` by campaign, from the active rows; VICIdial counts the delay in seconds."""
    found: dict[str, list[str]] = {}
    for row in rows:
        if row.get("active", "Y") == "Y":
            minutes = max(1, int(row["attempt_delay"]) // MINUTE)
            found.setdefault(row["campaign_id"], []).append(f"{row['status']}:{minutes}:{row['attempt_maximum']}")
    return {campaign: ",".join(entries) for campaign, entries in found.items()}


def _columns(entity: Entity, name: str, given: Row) -> Iterator[tuple[ColumnNote, Value | None]]:
    """Yield a note for each column that says something, and the value of its option."""
    options = {option.name: option for option in entity.options if entity is not CAMPAIGN or option.name in DIALLING}
    for column, text in given.items():
        if column in NOT_NEEDED:
            if text not in UNSET:
                yield ColumnNote(entity.kind, name, column, text, Taken.NOT_NEEDED, NOT_NEEDED[column]), None
        elif column in REFUSED:
            fine, why = REFUSED[column]
            if text != fine and not (text in UNSET and not fine):
                yield ColumnNote(entity.kind, name, column, text, Taken.REFUSED, why), None
        elif column in options:
            yield from _option(entity, name, options[column], text)


def _option(entity: Entity, name: str, option: Option, text: str) -> Iterator[tuple[ColumnNote, Value | None]]:
    if not text or (text in UNSET and not option.type.allowed.startswith(("Y", "0"))):
        return
    try:
        value = option.type.parse(text)
    except ValueError:
        why = WHY_NOT.get(option.name, f"allowed: {option.type.allowed}")
        yield ColumnNote(entity.kind, name, option.name, text, Taken.REFUSED, why), None
        return
    if value != option.default:
        shown = ",".join(value) if isinstance(value, tuple) else str(value)
        yield ColumnNote(entity.kind, name, option.name, text, Taken.READ, shown), value
