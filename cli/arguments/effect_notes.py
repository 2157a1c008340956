"""Sentences about options that change nothing by themselves, and about those that only another kind has."""

import re
import shlex
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from cli.arguments import companion_hints, list_hints
from cli.arguments.companion_hints import METHODS

if TYPE_CHECKING:
    from warmline.options.values.entity import Entity

LIMIT = re.compile(r"(max|limit|minutes|seconds|duration|length|time|timeout|maximum)(_\w+)?|max\w+|\w+_limit")
AMOUNT = re.compile(r"([0-9]+) ?([smh]?)[a-z]*")
SOUNDS = ("play", "sound", "message", "announcement", "prompt", "audio")
ENDS = ("expires", "expire", "expiry", "expiration", "expires_in", "ttl", "valid", "until", "days", "lifetime")
SECONDS = {"s": 1, "m": 60, "h": 3600}


def of_method(entity: "Entity", name: str, found: Mapping[str, object]) -> str:
    """Return why an option changes nothing with its campaign's dial_method, and the line that helps; "" if it acts."""
    option = next((one for one in found if one in METHODS), "") if entity.kind == "campaign" else ""
    if not option or "dial_method" in found:
        return ""
    method = str(list_hints.value_now("campaign", name, "dial_method") or entity.option("dial_method").default)
    if method in METHODS[option]:
        return ""
    wanted = {"dial_method": METHODS[option][0]}
    wanted |= companion_hints.needed(entity, name, wanted)
    line = shlex.join(("campaign", "set", name, *(f"{one}={text}" for one, text in wanted.items())))
    what = "dials no lead" if method == "MANUAL" else f"does not use {option}"
    return f"campaign {name} has dial_method={method}, which {what}. To dial with {option}: warmline {line}"


def time_limit(entity: "Entity", pairs: Sequence[str]) -> tuple[dict[str, str], list[str]]:
    """Return the time_limit of a pause code that a pair means, such as max=15m, and the other pairs."""
    limit = next((one for one in pairs if LIMIT.fullmatch(_name(one))), "") if entity.kind == "pause-code" else ""
    amount = AMOUNT.fullmatch(limit.partition("=")[2].lower())
    if not amount:
        return {}, list(pairs)
    unit = amount[2] or ("s" if "second" in _name(limit) or int(amount[1]) > SECONDS["m"] * 2 else "m")
    return {"time_limit": str(int(amount[1]) * SECONDS[unit])}, [one for one in pairs if one is not limit]


def of_limit(entity: "Entity", name: str, pairs: Sequence[str]) -> str:
    """Return the sentence about a limit that the entity does not have: the last day of a token, or lines of a campaign.

    The announcement of a holiday, which in-groups have, gets one, too.
    """
    from warmline.options.values.option_words import named_by

    ends = [one for one in pairs if entity.kind == "api-token" and _name(one) in ENDS]
    if ends:
        line = shlex.join(("api-token", "delete", name or "NAME"))
        return f"A token does not expire. To end it: warmline {line}"
    lines = next((one for one in pairs if entity.kind == "campaign" and "lines" in named_by(_name(one))), "")
    if lines:
        line = shlex.join(("trunk", "set", "TRUNK", f"lines={lines.partition('=')[2]}"))
        return f"A trunk has the limit of lines: warmline {line}"
    return _of_sound(entity, pairs)


def _of_sound(entity: "Entity", pairs: Sequence[str]) -> str:
    """Return which option plays the announcement that pairs give a holiday; "" without one."""
    sound = next((one.partition("=")[2] for one in pairs if _name(one) in SOUNDS), "")
    if entity.kind != "holiday" or not sound:
        return ""
    return f"The in-group plays it: warmline ingroup set INGROUP after_hours_message_filename={shlex.quote(sound)}"


def _name(pair: str) -> str:
    return pair.partition("=")[0].strip("-").replace("-", "_")
