"""Options without which another option of a suggested line has no effect, or is refused."""

import re
from collections import Counter
from typing import TYPE_CHECKING

from cli.arguments import list_hints, value_words
from cli.arguments.completion import entry_names

if TYPE_CHECKING:
    from warmline.options.values.entity import Entity

TARGET = re.compile(r"(?P<action>[A-Za-z_-]+)[:/ ](?P<target>[^:/ ]+)")
AGENTDIRECT = "AGENTDIRECT"  # an in-group without a line of callers


def with_targets(entity: "Entity", found: dict[str, str]) -> dict[str, str]:
    """Return the options with `voicemail:1000` of an action as two options: the action, and its target."""
    from warmline.core.rules.exit_actions import TARGETS

    values = dict(found)
    for option, text in found.items():
        if entity.kind != "ingroup" or option not in TARGETS:
            continue
        parts = TARGET.fullmatch(f"ingroup:{text}" if text in entry_names("ingroup") else text)
        if not parts:
            continue
        action = value_words.value_for(entity.option(option), parts["action"]) or ""
        target = {
            "MESSAGE": TARGETS[option].message,
            "EXTENSION": TARGETS[option].exten,
            "VOICEMAIL": TARGETS[option].voicemail,
            "IN_GROUP": TARGETS[option].group,
            "INGROUP": TARGETS[option].group,
            "CALLMENU": TARGETS[option].menu,
        }.get(action, "")
        if target and target not in found:
            values |= {option: action, target: parts["target"]}
    return values


def needed(entity: "Entity", name: str, found: dict[str, str]) -> dict[str, str]:
    """Return the options that these need besides, as far as the entry does not have them."""

    def now(option: str) -> str:
        default = str(entity.option(option).default)
        return found.get(option) or str(list_hints.value_now(entity.kind, name, option) or default)

    more: dict[str, str] = {}
    if entity.kind == "ingroup" and "max_calls_count" in found and now("max_calls_method") == "DISABLED":
        more["max_calls_method"] = "IN_QUEUE"
    drops = found.get("dial_method", "MANUAL") != "MANUAL" and entity.kind == "campaign"
    ingroup = served(name) if drops else ""
    if ingroup and now("drop_action") != "IN_GROUP" and not now("safe_harbor_audio"):
        more |= {"drop_action": "IN_GROUP", "drop_inbound_group": ingroup}  # a sound would have to be recorded first
    return more


def served(campaign: str) -> str:
    """Return the in-group that most agents of a campaign have, or most of all agents; "" if there is none.

    With "" for the campaign, those of all agents count.
    """
    agents = list_hints.all_of("agent")
    own = [one for one in agents if one["campaign"] == campaign] or agents
    counts = Counter(name for one in own for name in one["ingroups"] if name != AGENTDIRECT)
    return max(counts, key=lambda name: counts[name], default="")
