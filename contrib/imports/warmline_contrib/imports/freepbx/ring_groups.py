"""Turns the ring groups of FreePBX into in-groups whose agents are the members."""

from collections.abc import Iterator, Mapping

from warmline.options.option_table import INGROUP
from warmline_contrib.imports.converted_value import ConvertedValue, Reading, changed, kept, not_needed
from warmline_contrib.imports.freepbx import columns, extensions
from warmline_contrib.imports.freepbx.announcement_sounds import AnnouncementSounds
from warmline_contrib.imports.freepbx.extensions import Extension
from warmline_contrib.imports.freepbx.freepbx_destinations import FreepbxDestinations
from warmline_contrib.imports.freepbx.freepbx_source import Row, Tables
from warmline_contrib.imports.freepbx.queues import FOREVER, Options, record
from warmline_contrib.imports.queue_keys import LONGEST_RING, number
from warmline_contrib.imports.queue_source import Queue

OUTSIDE = "#"  # follows a number outside
USUAL_TIME = 20  # seconds
IN_TURN = "one phone after the other in the order of the list, and then from the first again"
# By the strategy: the method, app_queue's word for the places of the members, and how it differs.
STRATEGIES = {
    "ringall": ("ring_all", "ringall", ""),
    "hunt": ("inbound_group_rank", "linear", IN_TURN),
    "memoryhunt": ("inbound_group_rank", "linear", f"{IN_TURN}; a phone stops when the next one rings"),
    "firstavailable": ("inbound_group_rank", "linear", f"{IN_TURN}, not the first free one alone"),
    "firstnotonphone": ("inbound_group_rank", "linear", f"{IN_TURN}, not the first free one alone"),
    "random": ("random", "random", ""),
}
PRIMARY = "-prim"
FIRST_ALONE = "the others ring also while the first is in a call"
PHONE_RINGS = "the phone itself rings: no follow-me and no forwarding count"


def numbers(row: Row) -> list[str]:
    """Return the members of a ring group: extensions, and numbers outside with # at the end."""
    return [one.strip() for one in row.get("grplist", "").split("-") if one.strip()]


def queue(row: Row, known: Mapping[str, Extension]) -> Queue:
    """Return the ring group as app_queue would have it, for its agents and their ranks."""
    members = (
        extensions.member(
            f"Local/{one.removesuffix(OUTSIDE)}@from-internal/n", "", {} if one.endswith(OUTSIDE) else known
        )
        for one in numbers(row)
    )
    return Queue(row["grpnum"], {"strategy": _strategy(row)[1]}, tuple(members))


def options(row: Row, tables: Tables, places: FreepbxDestinations) -> tuple[Options, list[ConvertedValue]]:
    """Return the options of the in-group, and the fate of each column."""
    special = {
        "grpnum": not_needed("it is the in-group's name, or --name gives another"),
        "description": columns.named("group_name", row.get("description", "")),
        "strategy": _method(row),
        "grptime": _times(row),
        "grplist": changed("a member is an agent, who logs in; each has a line"),
        "postdest": _after(row.get("postdest", ""), places),
        "annmsg_id": AnnouncementSounds(tables).reading(row.get("annmsg_id", ""), "welcome_message_filename"),
        "ringing": _music(row.get("ringing", "")),
        "recording": record(row.get("recording", "")),
        "needsconf": (
            changed("key 1 accepts at numbers outside; another phone connects when it is answered")
            if row.get("needsconf") == "CHECKED"
            else not_needed("a phone connects when it is answered")
        ),
        "cfignore": not_needed(PHONE_RINGS) if row.get("cfignore") == "CHECKED" else changed(PHONE_RINGS),
    }
    found: Options = {"agent_alert_exten": "---NONE---", "onhold_prompt_filename": "---NONE---"}
    for reading in special.values():
        found |= reading.options
    return found, list(_fates(row, special))


def _fates(row: Row, special: Mapping[str, Reading]) -> Iterator[ConvertedValue]:
    yield from columns.fates("ringgroups", f"ring group {row['grpnum']}", row, special)


def _strategy(row: Row) -> tuple[str, str, str]:
    name = row.get("strategy", "")
    method, word, why = STRATEGIES.get(name.removesuffix(PRIMARY), STRATEGIES["ringall"])
    return method, word, "; ".join(filter(None, (why, FIRST_ALONE * name.endswith(PRIMARY))))


def _method(row: Row) -> Reading:
    method, _, why = _strategy(row)
    return changed(why, next_agent_call=method) if why else kept(next_agent_call=method)


def _times(row: Row) -> Reading:
    """Return ring time and wait: a phone rings for `grptime`, and in turn each of them."""
    seconds = max(number(row.get("grptime", "")), 0) or USUAL_TIME
    rounds = 1 if _strategy(row)[1] == "ringall" else max(1, len(numbers(row)))
    given: Options = {
        "on_hook_ring_time": min(seconds, LONGEST_RING),
        "retry_seconds": 1,
        "drop_call_seconds": min(seconds * rounds, FOREVER),
    }
    return kept(**given) if seconds <= LONGEST_RING else changed(f"{LONGEST_RING} s is the most", **given)


def _after(text: str, places: FreepbxDestinations) -> Reading:
    try:
        return kept(**places.after(text))
    except ValueError as why:
        return changed(f"{why}, so callers hear vm-goodbye", drop_action="MESSAGE")


def _music(text: str) -> Reading:
    if text in ("", "Ring", "inherit"):
        return changed("a caller hears music of moh_context, and no ringing tone")
    try:
        return kept(moh_context=INGROUP.option("moh_context").type.parse(text))
    except ValueError:
        return changed("a caller hears music of moh_context")
