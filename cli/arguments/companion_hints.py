"""Options without which another option of a suggested line has no effect, or is refused."""

import re
import shlex
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from cli.arguments import list_hints, value_words
from cli.arguments.completion import entry_names
from cli.output.secret_words import HIDDEN

if TYPE_CHECKING:
    from warmline.options.values.entity import Entity

TARGET = re.compile(r"(?P<action>[A-Za-z_-]+)[:/ ](?P<target>[^:/ ]+)")
EVERY = re.compile(r"(?:every[ =:]?)?([0-9]+) ?s?(?:ec|econds)?")
OVERFLOW = ("overflow", "overflow_action", "overflow_to", "overflow_destination")
MOST = 4  # call times that are each given a new holiday, and in-groups that are each given a call time
LEVELS = ("RATIO", "PREDICTIVE")
# Options of a campaign, and the values of dial_method with which they act; the first one is proposed.
METHODS = {
    "auto_dial_level": ("RATIO",),
    "adaptive_maximum_level": LEVELS,
    "dial_level_threshold_agents": LEVELS,
    "adaptive_dropped_percentage": LEVELS[::-1],
    "drop_window": LEVELS[::-1],
}
# Ratings of an agent, and the value of next_agent_call with which an in-group chooses by them.
CHOOSING = {"ingroup_ranks": "inbound_group_rank", "ingroup_grades": "ingroup_grade_random"}
# Actions in the order of their targets, and names for a target that a person knows.
STANDS = {"MESSAGE": "SOUND", "EXTENSION": "EXTENSION", "VOICEMAIL": "MAILBOX", "IN_GROUP": HIDDEN, "CALLMENU": "MENU"}
READING = "agents:read,calls:read,events:read"
READ_ONLY = ",".join(f"{one}:read" for one in ("agents", "calls", "events", "leads", "recordings", "reports"))
READERS = ("read", "reads", "reader", "readonly", "read-only", "read_only", "ro", "view", "viewer")
# Words in the name of a program, and the scopes that such a program needs.
SCOPES = {
    "crm|sales|hubspot|zoho|desk|ticket": (
        "agents:read,calls:read,calls:write,events:read,leads:read,leads:write,recordings:read"
    ),
    "board|screen|monitor|grafana|display": f"{READING},reports:read",
    "^bi|report|analytic|warehouse|stat": f"{READING},leads:read,recordings:read,reports:read",
    "record|transcri|archive": f"{READING},recordings:read",
}
ALWAYS = "ALWAYS"  # a call time without closed hours
AGENTDIRECT = "AGENTDIRECT"  # an in-group without a line of callers


def with_overflow(entity: "Entity", pairs: list[str]) -> list[str]:
    """Return the pairs with `overflow=voicemail` as the action of a limit of waiting callers, if they have one.

    Without a limit, an overflow is the action at a drop. An announcement gets its interval.
    """
    pairs = _with_interval(entity, pairs)
    limited = any("max_calls_count" in (name, *entity.named_by(name)) for name in map(_plain, pairs))
    if entity.kind != "ingroup" or not limited:
        return pairs
    found: list[str] = []
    for pair in pairs:
        is_one = _plain(pair) in OVERFLOW and "=" in pair
        found += ["max_calls_action=AFTERHOURS", f"after_hours_action={pair.partition('=')[2]}"] if is_one else [pair]
    return found


def _with_interval(entity: "Entity", pairs: Sequence[str]) -> list[str]:
    """Return the pairs with the seconds between two announcements of the position as an option of their own."""
    found: list[str] = []
    for pair in pairs:
        name, _, text = pair.partition("=")
        every = EVERY.fullmatch(text)
        if entity.kind == "ingroup" and every and entity.meant(_plain(name)) == "play_place_in_line":
            found += ["play_place_in_line=Y", f"prompt_interval={every[1]}"]
        else:
            found.append(pair)
    return found


def beside(entity: "Entity", command: str, found: dict[str, str]) -> str:
    """Return what else an action does that a limit of waiting callers shares with the hours; "" if nothing.

    Of a new holiday, return which in-groups it does not close.
    """
    if (entity.kind, command) == ("holiday", "create"):
        return open_still()
    if found.get("max_calls_action") != "AFTERHOURS" or "after_hours_action" not in found:
        return ""
    return "Calls after hours get the same action."


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
        target = _target(option, action)[0]
        if target and target not in found:
            values |= {option: action, target: parts["target"]}
    return values


def _target(option: str, action: str) -> tuple[str, str]:
    """Return the option that holds the target of an action, and the name for a target; "" twice without one."""
    from warmline.core.rules.exit_actions import ACTIONS, TARGETS

    kind = ACTIONS.get(action, "")
    held = dict(zip(STANDS, TARGETS[option], strict=True)).get(kind, "") if option in TARGETS else ""
    return (held, STANDS[kind]) if held else ("", "")


def needed(entity: "Entity", name: str, found: dict[str, str]) -> dict[str, str]:
    """Return the options that these need besides, as far as the entry does not have them."""
    from warmline.core.rules.sentinels import NO_FILE

    def now(option: str) -> str:
        default = str(entity.option(option).default)
        return found.get(option) or str(list_hints.value_now(entity.kind, name, option) or default)

    more: dict[str, str] = {}
    if entity.kind == "ingroup" and "max_calls_count" in found and now("max_calls_method") == "DISABLED":
        more["max_calls_method"] = "IN_QUEUE"
    for option, action in found.items() if entity.kind == "ingroup" else ():
        target, stands = _target(option, action)
        shared = target == _target(option, "MESSAGE")[0] and stands != "SOUND"  # it may be the target of another action
        if target and target not in found and (shared or now(target) in ("", NO_FILE)):
            more[target] = stands
    method = next((METHODS[one][0] for one in found if one in METHODS), "") if entity.kind == "campaign" else ""
    if method and "dial_method" not in found and name not in entry_names("campaign"):
        more["dial_method"] = method  # of an existing campaign, it would begin calls that no word asks for
    drops = (found | more).get("dial_method", "MANUAL") != "MANUAL" and entity.kind == "campaign"
    ingroup = served(name) if drops else ""
    if ingroup and now("drop_action") != "IN_GROUP" and not now("safe_harbor_audio"):
        more |= {"drop_action": "IN_GROUP", "drop_inbound_group": ingroup}  # a sound would have to be recorded first
    return more


def readable(typed: str) -> str:
    """Return scopes with `calls:read` for `calls`: a word alone gives no right to write."""
    words = re.split(r"[,;|\s]+", typed)
    return ",".join(f"{one.lower()}:read" if f"{one.lower()}:read" in READ_ONLY.split(",") else one for one in words)


def scopes(entity: "Entity", name: str, typed: str) -> dict[str, str]:
    """Return the scopes of a new token: those that a program of this name needs, or reading if others were typed.

    None if neither the name nor a word tells them. A typed word that is no scope never gives a right to write.
    """
    found = next((needs for words, needs in SCOPES.items() if re.search(rf"(?i){words}", name)), "")
    return {"scopes": READ_ONLY if typed else found} if (typed or found) and entity.kind == "api-token" else {}


def of_existing(entity: "Entity", name: str, found: dict[str, str]) -> tuple[dict[str, str], str]:
    """Return the options for an entry that exists, and what to say of its campaigns, if it is for all.

    An addition takes nothing away: a list keeps its items, and a code for all campaigns stays one.
    """
    from warmline.options.values.option_types import References

    lists = {option: list_hints.current(entity.kind, name, option) for option in found}
    lists = {option: now for option, now in lists.items() if isinstance(entity.option(option).type, References)}
    for option, now in lists.items():
        if now == () and option == "campaigns":
            return {other: text for other, text in found.items() if other != option}, ", for all campaigns"
        found = found | {option: ",".join(dict.fromkeys((*(now or ()), *found[option].split(","))))}
    return found, ""


def afterwards(entity: "Entity", name: str, found: Mapping[str, str], *, is_new: bool) -> tuple[str, ...]:
    """Return the lines that put a line to use.

    A new script is for the campaign of its name, and a new holiday for call times. In-groups choose by new ratings.
    """
    if entity.kind == "agent":
        rated = ((option, found[option]) for option in CHOOSING if option in found)
        return tuple(line for option, text in rated for line in chosen_by(name, option, text))
    if is_new and entity.kind == "script" and name in entry_names("campaign"):
        return (shlex.join(("campaign", "set", name, f"campaign_script={name}")),)
    return of_holiday(name) if is_new and entity.kind == "holiday" else ()


def chosen_by(agent: str, option: str, text: str) -> tuple[str, ...]:
    """Return the lines by which in-groups choose by the ratings that are new in this value of an agent."""
    known = list_hints.current("agent", agent, option) or ()
    new = [one.partition(":")[0] for one in text.split(",") if one not in known]
    wanted = CHOOSING[option]
    others = (one for one in new if list_hints.value_now("ingroup", one, "next_agent_call") not in (None, wanted))
    return tuple(shlex.join(("ingroup", "set", one, f"next_agent_call={wanted}")) for one in others)


def of_holiday(name: str) -> tuple[str, ...]:
    """Return the lines by which call times name a new holiday; in-groups without a call time get one that is open."""
    known = entry_names("call-time")
    others = {one: list_hints.current("call-time", one, "ct_holidays") or () for one in known[:MOST]}
    lines = [("call-time", "set", one, _holidays(*had, name)) for one, had in others.items()]
    without = _without_hours()
    if (without or not known) and ALWAYS not in known:
        lines.append(("call-time", "create", ALWAYS, _holidays(name)))
    named = without if len(without) <= MOST else ["INGROUP"]
    lines += [("ingroup", "set", one, f"call_time_id={ALWAYS}") for one in named]
    return tuple(map(shlex.join, lines))


def _holidays(*names: str) -> str:
    return f"ct_holidays={','.join(dict.fromkeys(names))}"


def open_still() -> str:
    """Return which in-groups would not close on a holiday without the lines about them, and what callers hear on it."""
    without = _without_hours()
    names = ", ".join(without)
    told = f"Without a call time, these never close: {names}. With {ALWAYS}, they close on its holidays alone. "
    first = shlex.quote(without[0]) if without else "INGROUP"
    return (
        f"{told if without else ''}On a holiday, callers hear the in-group's message for closed hours. "
        f"To set it, for each: warmline ingroup set {first} after_hours_message_filename=SOUND"
    )


def _without_hours() -> list[str]:
    """Return the active in-groups without a call time; that for calls to one agent is no line of callers."""
    found = list_hints.named("ingroup").items()
    return [one for one, has in found if has["active"] != "N" and not has["call_time_id"] and one != AGENTDIRECT]


def served(campaign: str) -> str:
    """Return the in-group that most agents of a campaign have, or most of all agents; "" if there is none.

    With "" for the campaign, those of all agents count.
    """
    agents = list_hints.all_of("agent")
    own = [one for one in agents if one["campaign"] == campaign] or agents
    counts = Counter(name for one in own for name in one["ingroups"] if name != AGENTDIRECT)
    return max(counts, key=lambda name: counts[name], default="")
