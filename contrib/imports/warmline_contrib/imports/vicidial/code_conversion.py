"""Dispositions and pause codes: VICIdial has them for each campaign, and Warmline once.

Equal codes of several campaigns become one, for these campaigns. Codes that differ get other names, which are kept.
"""

from collections.abc import Iterable

from warmline.store.configuration import code_keys
from warmline_contrib.imports.converted_value import Fate
from warmline_contrib.imports.vicidial.conversion import Row, VicidialConversion, by_key

STATUSES, CAMPAIGN_STATUSES, HOT_KEYS, PAUSE_CODES = (
    "vicidial_statuses",
    "vicidial_campaign_statuses",
    "vicidial_campaign_hotkeys",
    "vicidial_pause_codes",
)
FLAGS = (
    *("status_name", "selectable", "human_answered", "category", "sale", "dnc", "customer_contact", "not_interested"),
    *("scheduled_callback", "completed"),
)
PAUSE = ("pause_code_name", "billable", "time_limit")
CODE, PAUSE_CODE = "disposition", "pause-code"


def convert(into: VicidialConversion) -> None:
    """Convert the dispositions and pause codes of the source."""
    system: dict[str, Row] = {row["status"]: row for row in into.rows(STATUSES)}
    for code, row in system.items():
        name = into.names.give(CODE, code)
        _renamed(into, STATUSES, "status", code, name, "")
        into.read(STATUSES, CODE, name, row, {flag: row.get(flag, "") or "N" for flag in FLAGS})
    _of_campaigns(into, CAMPAIGN_STATUSES, "status", CODE, FLAGS, system)
    _of_campaigns(into, PAUSE_CODES, "pause_code", PAUSE_CODE, PAUSE, {})
    _hot_keys(into)


def _of_campaigns(
    into: VicidialConversion, table: str, column: str, kind: str, options: tuple[str, ...], system: dict[str, Row]
) -> None:
    """Convert the codes that campaigns have; those equal to a code of the `system` become that one."""
    for code, rows in by_key(into.rows(table), lambda row: row[column]).items():
        same = by_key(rows, lambda row: "\0".join(row.get(one, "") for one in options))
        for alike in same.values():
            first, campaigns = alike[0], [into.names.known("campaign", row["campaign_id"]) for row in alike]
            of_system = system.get(code)
            if of_system and all(of_system.get(one, "") == first.get(one, "") for one in options):
                name = into.names.known(kind, code)
                for row in alike:
                    into.names.give(kind, code, row["campaign_id"], shared=name)
                continue
            name = into.names.give(kind, code, first["campaign_id"])
            for row in alike[1:]:
                into.names.give(kind, code, row["campaign_id"], shared=name)
            for row in alike:
                _renamed(into, table, column, code, name, row["campaign_id"])
            texts = {one: first.get(one, "") for one in options if first.get(one, "")}
            into.read(table, kind, name, first, texts | {"campaigns": ",".join(campaigns)})
            for row in alike[1:]:
                into.unread(table, name, row)


def _renamed(into: VicidialConversion, table: str, column: str, code: str, name: str, campaign: str) -> None:
    if name != code:
        of = f" in campaign {campaign}" if campaign else ""
        into.told(table, name, column, code, Fate.CHANGED, f"the code {code}{of} has the name {name}")


def _hot_keys(into: VicidialConversion) -> None:
    """Give each disposition the key that all of its campaigns agree about."""
    keys: dict[str, set[str]] = {}
    rows = into.rows(HOT_KEYS)
    for row in rows:
        keys.setdefault(into.names.known(CODE, row["status"], row["campaign_id"]), set()).add(row["hotkey"])
    taken: dict[str, str] = {}
    for row in rows:
        name, key = into.names.known(CODE, row["status"], row["campaign_id"]), row["hotkey"]
        why = ""
        if not into.has(CODE, name):
            why = f"the source has no disposition {name}"
        elif len(keys[name]) > 1:
            why = "campaigns have different keys for it, and a disposition has one"
        elif not key.isdecimal():
            why = "allowed: up to 3 digits"
        elif taken.setdefault(key, name) != name:
            why = f"the disposition {taken[key]} has the key"
        if why:
            into.told(HOT_KEYS, name, "hotkey", key, Fate.LOST, why)
        else:
            into.entity(CODE, name)["key"] = key
            into.told(HOT_KEYS, name, "hotkey", key, Fate.KEPT, f"key={key}")
    own_keys = code_keys.keys_of_new_database() if taken else {}
    for key, name in taken.items():
        _take_from_own_code(into, key, name, own_keys.get(key, name))


def _take_from_own_code(into: VicidialConversion, key: str, name: str, own: str) -> None:
    """Take a key that the source gives `name` from Warmline's `own` disposition that has it in a new database."""
    if own != name and not into.entity(CODE, own).get("key"):
        into.entity(CODE, own)["key"] = ""
        into.told(HOT_KEYS, own, "hotkey", key, Fate.CHANGED, f"{own} of Warmline loses the key to {name}")


def statuses(into: VicidialConversion, codes: Iterable[str], campaign: str) -> list[str]:
    """Return the new names of codes of a campaign."""
    return [into.names.known(CODE, code, campaign) for code in codes]
