"""Options without which another option of a suggested line has no effect, or is refused."""

import re
from collections import Counter
from typing import TYPE_CHECKING

from cli.arguments import list_hints, value_words
from cli.arguments.completion import entry_names

if TYPE_CHECKING:
    from warmline.options.values.entity import Entity

TARGET = re.compile(r"(?P<action>[A-Za-z_-]+)[:/ ](?P<target>[^:/ ]+)")
OVERFLOW = ("overflow", "overflow_action", "overflow_to", "overflow_destination")
AGENTDIRECT = "AGENTDIRECT"  # an in-group without a line of callers


def with_overflow(entity: "Entity", pairs: list[str]) -> list[str]:
    """Return the pairs with `overflow=voicemail` as the action of a limit of waiting callers, if they have one.

    Without a limit, an overflow is the action at a drop.
    """
    limited = any("max_calls_count" in (name, *entity.named_by(name)) for name in map(_plain, pairs))
    if entity.kind != "ingroup" or not limited:
        return pairs
    found: list[str] = []
    for pair in pairs:
        is_one = _plain(pair) in OVERFLOW and "=" in pair
        found += ["max_calls_action=AFTERHOURS", f"after_hours_action={pair.partition('=')[2]}"] if is_one else [pair]
    return found


def shared(found: dict[str, str]) -> str:
    """Return what else an action does that a limit of waiting callers shares with the hours; "" if nothing."""
    if found.get("max_calls_action") != "AFTERHOURS" or "after_hours_action" not in found:
        return ""
    mailbox = (
        ""
        if found["after_hours_action"] != "VOICEMAIL" or "after_hours_voicemail" in found
        else (" Name the mailbox, too: after_hours_voicemail=MAILBOX.")
    )
    return f"Calls after hours get the same action.{mailbox}"


def _plain(pair: str) -> str:
    """Return the name of a pair as options are written."""
    return pair.partition("=")[0].strip("-").replace("-", "_")


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
