"""Turns the extensions of FreePBX and their devices into phones and agents."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from warmline.options.option_table import AGENT, PHONE
from warmline.options.values.option_types import Value
from warmline_contrib.imports.converted_value import ConvertedValue, Fate, Reading, changed, kept, lost, not_needed
from warmline_contrib.imports.freepbx import columns
from warmline_contrib.imports.freepbx.freepbx_source import OF_EXTENSIONS, Row, Tables
from warmline_contrib.imports.queue_source import QueueMember

Options = dict[str, Value]
ENDPOINT = re.compile(r"(?:PJSIP|SIP)/([^/@,&]+)", re.IGNORECASE)
NO_MAILBOX = ("", "novm", "disabled")
FREEPBX_WRITES = "FreePBX goes on writing this endpoint"


class Extension(NamedTuple):
    """An extension: its number, its name, and the phone that rings for it, "" for none."""

    number: str
    name: str
    phone: str


def of_tables(tables: Tables) -> dict[str, Extension]:
    """Return the extensions by number. The fixed device with its number is the phone, or else the first fixed one."""
    phones: dict[str, str] = {}
    for device in sorted(tables.get("devices", ()), key=lambda one: one.get("id") != one.get("user")):
        found = ENDPOINT.fullmatch(device.get("dial", ""))
        if found and device.get("devicetype") == "fixed":
            phones.setdefault(device.get("user", ""), found[1])
    return {
        user["extension"]: Extension(
            user["extension"], columns.label(user.get("name", "")), phones.get(user["extension"], "")
        )
        for user in tables.get("users", ())
    }


def member(interface: str, penalty: str, extensions: Mapping[str, Extension]) -> QueueMember:
    """Return the member of a queue. An extension is rung at its phone, so its settings for forwarding do not count."""
    found = re.fullmatch(r"Local/([0-9]+)@.*", interface)
    if found and (known := extensions.get(found[1])):
        return QueueMember(interface, penalty, known.name, f"PJSIP/{known.phone}" if known.phone else "")
    return QueueMember(interface, penalty)


def add(
    tables: Tables, phones: dict[str, Options], agents: dict[str, Options], names: Mapping[str, str], campaign: str
) -> list[ConvertedValue]:
    """Add the extensions to the phones and agents of queues, and return the fate of each column."""
    values: list[ConvertedValue] = []
    known = of_tables(tables)
    by_phone = {options["phone"]: name for name, options in agents.items() if "phone" in options}
    for row in tables.get("users", ()):
        one = known[row["extension"]]
        name = by_phone.get(one.phone) or names.get(one.number, one.number)
        reading = _extension(one, name)
        if reading.fate is not Fate.LOST and agents.get(name, {}).get("phone", one.phone) != one.phone:
            reading = lost(f"agent {name} has another phone; to give this one its own: --name {one.number}=NEW")
        special = {
            "extension": reading,
            "name": _name(row.get("name", ""), reading),
            "voicemail": _mailbox(row, reading),
        }
        if reading.fate is not Fate.LOST:
            phones.setdefault(one.phone, {})
            options = agents.setdefault(name, {"phone": one.phone, "phone_mode": "on_hook"})
            if campaign:
                options["campaign"] = campaign
            options |= special["name"].options | special["voicemail"].options
        values += columns.fates("users", f"extension {one.number}", row, special)
    for row in tables.get("devices", ()):
        values += columns.fates("devices", f"device {row.get('id', '')}", row, _device(row, known))
    for row in tables.get(OF_EXTENSIONS, ()):
        values += columns.fates(OF_EXTENSIONS, f"extension {row.get('extension', '')}", row, {})
    return values + [_setting(row) for row in tables.get("sip", ())]


def _extension(one: Extension, name: str) -> Reading:
    if not one.phone:
        return lost("an agent's phone is a PJSIP endpoint, and this extension has none")
    try:
        PHONE.names.parse(one.phone)
        AGENT.names.parse(name)
    except ValueError:
        return lost(f"allowed as a name: {AGENT.names.allowed}; to rename the agent: --name {one.number}=NEW")
    return kept(phone=one.phone, phone_mode="on_hook")


def _name(text: str, extension: Reading) -> Reading:
    if extension.fate is Fate.LOST:
        return not_needed("the extension becomes no agent")
    return columns.named("full_name", text)


def _mailbox(row: Row, extension: Reading) -> Reading:
    context = row.get("voicemail", "")
    if context in NO_MAILBOX:
        return not_needed("it has no mailbox")
    if extension.fate is Fate.LOST:
        return not_needed("calls to its mailbox stay with FreePBX")
    try:
        return kept(voicemail_id=AGENT.option("voicemail_id").type.parse(f"{row['extension']}@{context}"))
    except ValueError:
        return lost(f"{context} is no name of a context")


def _device(row: Row, known: Mapping[str, Extension]) -> dict[str, Reading]:
    """Return the fates of the columns of a device that count together."""
    tech, fixed = row.get("tech", "").lower(), row.get("devicetype") == "fixed"
    found, own = ENDPOINT.fullmatch(row.get("dial", "")), known.get(row.get("user", ""))
    if found and fixed and own is None:
        phone = kind = lost("no extension has this device")
    elif found and fixed and own and own.phone != found[1]:
        phone = kind = lost(f"an agent has one phone, and that of {own.number} is {own.phone}")
    elif found and fixed:
        phone = kept(phone=found[1])
        kind = not_needed("a phone is a PJSIP endpoint")
        if tech == "sip":
            kind = changed("the phone is the PJSIP endpoint of this name; convert it in FreePBX first")
    else:
        why = "no PJSIP endpoint" if fixed else "people log in to another phone in Warmline alone"
        phone, kind = lost(f"an agent's phone is a fixed PJSIP endpoint: {why}"), lost("no PJSIP endpoint")
    return {
        "id": phone,
        "dial": phone,
        "tech": kind,
        "devicetype": not_needed("a phone belongs to one agent") if fixed else phone,
        "user": not_needed("the extension has the phone"),
    }


def _setting(row: Row) -> ConvertedValue:
    """Return the fate of a setting of an endpoint: a row of the table `sip`."""
    keyword, text = row.get("keyword", ""), row.get("data", "")
    place = f"device {row.get('id', '')}"
    return ConvertedValue(place, f"sip.{keyword}", columns.shown(keyword, text), Fate.NOT_NEEDED, FREEPBX_WRITES)
