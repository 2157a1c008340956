"""DIDs, containers of numbers, presets, caller ids and scripts."""

import re

from warmline.options.did_options import ROUTE
from warmline.options.option_table import ENTITIES
from warmline_contrib.imports.converted_value import Fate
from warmline_contrib.imports.vicidial.conversion import UNSET, Row, VicidialConversion, by_key, same_named

DIDS, SCRIPTS, PRESETS, ALIASES = "vicidial_inbound_dids", "vicidial_scripts", "vicidial_xfer_presets", "groups_alias"
FILTERS, FILTERED = "vicidial_filter_phone_groups", "vicidial_filter_phone_numbers"
CONTAINERS, CID_GROUPS, AREA_CODES = (
    "vicidial_settings_containers",
    "vicidial_cid_groups",
    "vicidial_campaign_cid_areacodes",
)
NUMBER = re.compile(r"\+?[0-9]{2,18}")
LARGEST = 240_000  # bytes of the entries of a container; a change of the configuration has a bound
TAG = re.compile(r"<[^>]*>")
LINE_END = re.compile(r"<(?:br|/p|/div|/li|/tr|/h[1-6])\s*/?>", re.IGNORECASE)
VARIABLE = re.compile(r"--A--\w+--B--")
MENU_CONTEXT = "vicidial-menu-{name}"


def menu_context(into: VicidialConversion, menu: str) -> str:
    """Return the context in which the dialplan file has a call menu."""
    return MENU_CONTEXT.format(name=re.sub(r"[^A-Za-z0-9_-]", "_", menu))


def dids(into: VicidialConversion) -> None:
    """Convert DIDs with their destination, and that of the callers whom a list of numbers selects."""
    for row in into.rows(DIDS):
        old = row["did_pattern"].strip()
        name = old.removeprefix("+")
        try:
            ENTITIES["did"].names.parse(name)
        except ValueError as error:
            fault = str(error) or f"allowed as a name: {ENTITIES['did'].names.allowed}"
            into.told(DIDS, old, "did_pattern", old, Fate.LOST, fault)
            continue
        if into.has("did", name):
            into.told(DIDS, old, "did_pattern", old, Fate.LOST, "another DID of the source has the number")
            continue
        given, why = same_named("did", row), dict[str, str]()
        given["route"], lost = _route(into, row, "")
        if lost:
            why["did_route"] = why["route"] = lost
        if given.get("filter_inbound_number", "") == "GROUP":
            given["filter_phone_group_id"] = into.names.known("container", row.get("filter_phone_group_id", ""))
            given["filter_route"], lost = _route(into, row, "filter_")
            if lost:
                why["filter_action"] = lost
        else:
            if given.get("filter_inbound_number", "") not in ("", "DISABLED"):
                said = "only a list of numbers can filter callers"
                into.told(DIDS, name, "filter_inbound_number", given["filter_inbound_number"], Fate.LOST, said)
            for option in ("filter_inbound_number", "filter_phone_group_id"):
                given.pop(option, None)
        into.read(DIDS, "did", name, row, given, why)


def _route(into: VicidialConversion, row: Row, before: str) -> tuple[str, str]:
    """Return a destination that is there, and what is different; `before` is the prefix of the columns."""
    route, difference = _destination(into, row, before)
    kind, _, name = route.partition(":")
    if kind in ("ingroup", "agent") and not into.has(kind, name):
        return "hangup", f"the source has no {kind} {name}; it hangs up"
    try:
        ROUTE.parse(route)
    except ValueError:
        return "hangup", f"{route} is no destination here; it hangs up"
    return route, difference


def _destination(into: VicidialConversion, row: Row, before: str) -> tuple[str, str]:
    """Return the destination that a row names, and what is different."""
    action = row.get("filter_action" if before else "did_route", "")
    of = {column.removeprefix(before): value for column, value in row.items() if column.startswith(before)}
    if action == "IN_GROUP":
        return f"ingroup:{into.names.known('ingroup', of.get('group_id', ''))}", ""
    if action == "AGENT":
        return f"agent:{into.names.known('agent', of.get('user', ''))}", ""
    if action in ("EXTEN", "PHONE"):
        exten = of.get("extension" if action == "EXTEN" else "phone", "")
        context = of.get("exten_context", "") or "default"
        return f"extension:{exten}@{context}", f"the dialplan must have {exten} in [{context}]"
    if action in ("VOICEMAIL", "VMAIL_NO_INST"):
        return f"voicemail:{of.get('voicemail_ext', '')}", ""
    if action == "CALLMENU":
        context = menu_context(into, of.get("menu_id", ""))
        return f"callmenu:{context}", "the context is in the file of call menus"
    return "hangup", f"{action or 'an empty route'} has no equal"


def containers(into: VicidialConversion) -> None:
    """Convert the groups of filtered numbers, and the containers of settings that have only numbers."""
    numbers = by_key(into.rows(FILTERED), lambda row: row["filter_phone_group_id"])
    filters = set()
    for row in into.rows(FILTERS):
        filters.add(old := row["filter_phone_group_id"])
        _container(into, FILTERS, old, row, [one["phone_number"] for one in numbers.get(old, ())])
    for row in into.rows(CONTAINERS):
        lines = [line.split(";")[0].strip() for line in row.get("container_entry", "").splitlines()]
        lines = [line for line in lines if line]
        if lines and all(NUMBER.fullmatch(line) for line in lines):
            scope = CONTAINERS if row["container_id"] in filters else ""  # one name for two
            _container(into, CONTAINERS, row["container_id"], row, lines, scope)
        else:
            said = "a container has numbers, one in a line"
            into.told(CONTAINERS, row["container_id"], "container_type", row.get("container_type", ""), Fate.LOST, said)


def _container(into: VicidialConversion, table: str, old: str, row: Row, entries: list[str], scope: str = "") -> None:
    name = into.names.give("container", old, scope)
    good = list(dict.fromkeys(one for one in entries if NUMBER.fullmatch(one)))
    for one in entries:
        if not NUMBER.fullmatch(one):
            into.told(table, name, "phone_number", one, Fate.LOST, "it is no number of 2 to 18 digits")
    if sum(map(len, good)) > LARGEST:
        kept = good[: LARGEST // 20]
        said = f"a container has up to {LARGEST} bytes: {len(good) - len(kept)} of {len(good)} numbers are left out"
        into.told(table, name, "phone_number", str(len(good)), Fate.LOST, said)
        good = kept
    into.read(table, "container", name, row, {"entries": ",".join(good)})


def presets(into: VicidialConversion) -> None:
    """Convert presets of transfers, and aliases of the caller id."""
    for row in into.rows(PRESETS):
        campaign = into.names.known("campaign", row["campaign_id"])
        if not into.has("campaign", campaign):
            said = f"the source has no campaign {row['campaign_id']}"
            into.told(PRESETS, row["preset_name"], "campaign_id", row["campaign_id"], Fate.LOST, said)
            continue
        name = into.names.give("preset", f"{row['campaign_id']}_{row['preset_name']}")
        given = same_named("preset", row) | {"campaign": campaign}
        into.read(PRESETS, "preset", name, row, given)
    for row in into.rows(ALIASES):
        name = into.names.give("group-alias", row["group_alias_id"])
        into.read(ALIASES, "group-alias", name, row, same_named("group-alias", row))


def caller_ids(into: VicidialConversion) -> None:
    """Convert groups of caller ids, and the numbers by area of single campaigns."""
    numbers = by_key(into.rows(AREA_CODES), lambda row: row["campaign_id"])
    groups = {row["cid_group_id"]: row for row in into.rows(CID_GROUPS)}
    for old in dict.fromkeys((*groups, *numbers)):
        name = into.names.give("cid-group", old)
        entries = []
        for one in numbers.get(old, ()):
            area = one.get("areacode", "")
            if one.get("active", "N") != "Y":
                into.told(AREA_CODES, name, "active", one.get("outbound_cid", ""), Fate.LOST, "it is not active")
                continue
            entries.append(f"{area}:{one['outbound_cid']}" if area not in UNSET else one["outbound_cid"])
            into.unread(AREA_CODES, name, one)
        row = groups.get(old, {})
        given = {"caller_ids": ",".join(dict.fromkeys(entries)), "cid_group_name": row.get("cid_group_notes", "")}
        into.read(CID_GROUPS, "cid-group", name, row, given)


def scripts(into: VicidialConversion) -> None:
    """Convert scripts to plain text."""
    for row in into.rows(SCRIPTS):
        name = into.names.give("script", row["script_id"])
        given, why = same_named("script", row), dict[str, str]()
        text = given.get("script_text", "")
        if TAG.search(text):
            given["script_text"] = TAG.sub("", LINE_END.sub("\n", text)).strip()
            why["script_text"] = "a script is text: use web_form_address for a page"
        into.read(SCRIPTS, "script", name, row, given, why)
