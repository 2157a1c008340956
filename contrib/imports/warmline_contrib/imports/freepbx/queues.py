"""Turns the queues of FreePBX into in-groups, through the conversion of app_queue's own keys."""

from collections.abc import Iterator, Mapping

from warmline.options.option_table import INGROUP
from warmline.options.values.option_types import Value
from warmline_contrib.imports.converted_value import ConvertedValue, Fate, Reading, changed, kept, lost, not_needed
from warmline_contrib.imports.freepbx import columns, extensions
from warmline_contrib.imports.freepbx.announcement_sounds import AnnouncementSounds
from warmline_contrib.imports.freepbx.extensions import Extension
from warmline_contrib.imports.freepbx.freepbx_destinations import FreepbxDestinations
from warmline_contrib.imports.freepbx.freepbx_source import OF_EXTENSIONS, PENALTIES, Row, Tables
from warmline_contrib.imports.queue_keys import number
from warmline_contrib.imports.queue_source import Queue

Options = dict[str, Value]
Details = Mapping[str, list[Row]]  # rows of queues_details by queue
FOREVER = 86400  # seconds: the most of drop_call_seconds
RECORDING = {"force": "ALLFORCE", "always": "ALLCALLS", "yes": "ALLCALLS", "never": "NEVER", "no": "ONDEMAND"}
ALL_QUEUES = "-1"
NO_QUEUE = not_needed("there is no queue of this number")
FOR_ALL = "it counts for all queues; set the option of each in-group"
NOT_SAID = "silence/1"  # the sound with which FreePBX leaves a part of an announcement out
# Keys of FreePBX alone, which it does not write into queues.conf.
OWN_KEYS = {
    "monitor-join": not_needed("a recording has both sides in one file"),
    "answered_elsewhere": not_needed("Asterisk tells the other phones how the ringing ended"),
    "eventwhencalled": not_needed("Asterisk has removed it"),
    "eventmemberstatus": not_needed("Asterisk has removed it"),
    "eventmemberstatusoff": not_needed("Asterisk has removed it"),
    "account": not_needed("it is the number of the queue"),
}


def rows_of(tables: Tables) -> dict[str, list[Row]]:
    """Return the rows of queues_details by queue, in the order of members."""
    found: dict[str, list[Row]] = {}
    for row in tables.get("queues_details", ()):
        found.setdefault(row.get("id", ""), []).append(row)
    return {name: sorted(rows, key=lambda row: number(row.get("flags", ""))) for name, rows in found.items()}


def of_tables(tables: Tables, details: Details, known: Mapping[str, Extension]) -> list[Queue]:
    """Return the queues as app_queue has them, with the dynamic members that a backup names."""
    dynamic = _dynamic(tables)
    found = []
    for row in tables.get("queues_config", ()):
        name = row["extension"]
        values = {}
        members = []
        for one in details.get(name, ()):
            key, text = one.get("keyword", ""), one.get("data", "")
            if key == "member":
                interface, _, penalty = text.partition(",")
                members.append(extensions.member(interface.strip(), penalty.strip(), known))
            elif text.strip() and not _is_own(key) and text != NOT_SAID:
                values["musicclass" if key == "music" else key] = _text(key, text)
        for agent, penalty in dynamic.get(name, {}).items():
            members.append(extensions.member(f"Local/{agent}@from-queue/n", penalty, known))
        found.append(Queue(name, values, tuple(dict.fromkeys(members))))
    return found


def _text(key: str, text: str) -> str:
    """Return a value as FreePBX writes it into queues.conf."""
    return "1" if key == "retry" and text in ("none", "0") else text


def _is_own(key: str) -> bool:
    return (
        key in OWN_KEYS or key in ("recording", "skip_joinannounce", "rvolume", "rvol_mode") or key.startswith("cron")
    )


def _dynamic(tables: Tables) -> dict[str, dict[str, str]]:
    """Return penalties by queue and agent: keys of Asterisk's database such as 600/agents/1001."""
    found: dict[str, dict[str, str]] = {}
    for row in tables.get(PENALTIES, ()):
        for key, penalty in row.items():
            parts = key.strip("/").split("/")
            if len(parts) == 3 and parts[1] == "agents":
                found.setdefault(parts[0], {})[parts[2]] = penalty
    return found


def beside_queues(tables: Tables, details: Details) -> Iterator[ConvertedValue]:
    """Yield the fate of rows that belong to no queue, and of the settings of queues in Asterisk's own database."""
    known = {row["extension"] for row in tables.get("queues_config", ())}
    for name in details:
        if name not in known:
            yield from details_of(name, details, lost(FOR_ALL) if name == ALL_QUEUES else NO_QUEUE)
    for row in tables.get(PENALTIES, ()):
        for key, text in row.items():
            name, _, last = key.strip("/").partition("/")
            if name not in known:
                yield ConvertedValue(f"queue {name}", f"{OF_EXTENSIONS}.{last}", text, NO_QUEUE.fate, NO_QUEUE.why)
            elif not last.startswith("agents/"):
                yield from columns.fates(OF_EXTENSIONS, f"queue {name}", {last: text}, {})


def details_of(name: str, details: Details, reading: Reading) -> Iterator[ConvertedValue]:
    """Yield the rows of queues_details of a queue, all with this fate."""
    for row in details.get(name, ()):
        key = f"queues_details.{row.get('keyword', '')}"
        yield ConvertedValue(f"queue {name}", key, row.get("data", ""), reading.fate, reading.why)


def options(
    row: Row, rows: list[Row], tables: Tables, places: FreepbxDestinations
) -> tuple[Options, list[ConvertedValue]]:
    """Return the options of an in-group that FreePBX keeps beside the queue's own keys, and the fate of each column.

    `rows` are those of the queue in queues_details.
    """
    name = row["extension"]
    given = {one["keyword"]: one.get("data", "") for one in rows if "keyword" in one}
    sounds = AnnouncementSounds(tables)
    special = {
        "extension": not_needed("it is the in-group's name, or --name gives another"),
        "descr": columns.named("group_name", row.get("descr", "")),
        "maxwait": _longest(row.get("maxwait", "")),
        "dest": _after(row.get("dest", ""), places),
        "ivr_id": _menu(row.get("ivr_id", ""), tables, places),
        "use_queue_context": _restriction(row.get("use_queue_context", "")),
        "qnoanswer": (
            changed("callers hear music only after the answer", answer_signal="ROUTE")
            if row.get("qnoanswer") == "1"
            else kept(answer_signal="START")
        ),
        "callconfirm": (
            changed("key 1 accepts at numbers outside; another phone connects when it is answered")
            if row.get("callconfirm") == "1"
            else not_needed("a phone connects when it is answered")
        ),
        "agentannounce_id": sounds.reading(row.get("agentannounce_id", ""), "agent_alert_exten"),
        "joinannounce_id": _welcome(row.get("joinannounce_id", ""), given.get("skip_joinannounce", ""), sounds),
    }
    found: Options = {}
    for reading in special.values():
        found |= reading.options
    recording = record(given.get("recording", ""))
    found |= recording.options
    values = list(columns.fates("queues_config", f"queue {name}", row, special))
    for one in rows:
        values += _detail(name, one.get("keyword", ""), one.get("data", ""), recording)
    return found, values


def _detail(name: str, key: str, text: str, recording: Reading) -> Iterator[ConvertedValue]:
    """Yield the fate of a key that the conversion of app_queue's keys does not see."""
    reading = None
    if key == "recording":
        reading = recording
    elif key == "skip_joinannounce":
        reading = not_needed("it counts with joinannounce_id")
    elif key.startswith("cron"):
        reading = not_needed("reports have days of their own; no statistics are reset")
    elif key in ("rvolume", "rvol_mode"):
        reading = lost("calls keep their volume") if text not in ("", "dontcare") else not_needed("nothing is set")
    elif key in OWN_KEYS:
        reading = OWN_KEYS[key]
    elif key == "retry" and text == "none":
        reading = changed("phones ring again after a second, until maxwait")
    elif key != "member" and not text.strip():
        reading = not_needed("nothing is set")
    elif text == NOT_SAID:
        reading = not_needed("the place is not said")
    if reading:
        yield ConvertedValue(f"queue {name}", f"queues_details.{key}", text, reading.fate, reading.why)


def record(text: str) -> Reading:
    """Return what FreePBX's word about recording becomes."""
    if text in ("", "dontcare", "delayed"):
        return not_needed("campaign_recording decides")
    if found := RECORDING.get(text):
        return kept(ingroup_recording_override=found)
    return lost(f"allowed: {', '.join(RECORDING)}")


def _longest(text: str) -> Reading:
    seconds = number(text)
    if not 0 < seconds <= FOREVER:
        return changed("a day is the longest wait", drop_call_seconds=FOREVER)
    return kept(drop_call_seconds=seconds)


def _after(text: str, places: FreepbxDestinations) -> Reading:
    try:
        return kept(**places.after(text))
    except ValueError as why:
        return changed(f"{why}, so callers hear vm-goodbye", drop_action="MESSAGE")


def _menu(ivr: str, tables: Tables, places: FreepbxDestinations) -> Reading:
    """Return the keys by which a caller leaves: those of the menu that FreePBX names for the queue."""
    if ivr in ("", "0", "none"):
        return not_needed("callers leave by no key")
    keys: dict[str, str] = {}
    others = []
    for row in tables.get("ivr_entries", ()):
        if row.get("ivr_id") == ivr:
            key = row.get("selection", "")
            try:
                keys[key] = f"{key} -> {places.route(row.get('dest', ''))}"
                INGROUP.option("exit_keys").type.parse(keys[key])
            except ValueError:
                keys.pop(key, None)
                others.append(key)
    if not keys:
        return lost(f"the menu {ivr} has no key with a destination here")
    rules = INGROUP.option("exit_keys").type.parse(",".join(keys.values()))
    return changed(
        f"{', '.join(others)} of the menu leads nowhere here" if others else "its announcement does not play",
        exit_keys=rules,
    )


def _restriction(text: str) -> Reading:
    if text in ("1", "2"):
        return not_needed("the phone itself rings: no follow-me and no forwarding count")
    return changed("the phone itself rings: no follow-me and no forwarding count")


def _welcome(recording: str, skip: str, sounds: AnnouncementSounds) -> Reading:
    reading = sounds.reading(recording, "welcome_message_filename")
    if reading.fate is Fate.KEPT:
        when = "IF_WAIT_ONLY" if skip else "ALWAYS"
        return kept(**reading.options, play_welcome_message=when)
    return reading
