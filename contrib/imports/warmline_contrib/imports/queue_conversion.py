"""Turns queues of app_queue into in-groups, and their members into agents and phones."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from warmline.options.option_table import INGROUP
from warmline.options.values.option_types import Value
from warmline_contrib.dialplan_lint.dialplan import Dialplan
from warmline_contrib.imports import queue_keys
from warmline_contrib.imports.converted_value import ConvertedValue, Fate, Reading, changed, kept, not_needed
from warmline_contrib.imports.queue_exits import exits
from warmline_contrib.imports.queue_keys import DEFAULTS, TOGETHER, is_on, number
from warmline_contrib.imports.queue_members import AgentsSoFar
from warmline_contrib.imports.queue_source import GENERAL, Queue

Options = dict[str, Value]
Config = dict[str, dict[str, Options]]
NO_SOUND = "---NONE---"
READY_LONGEST = "the agent who has been READY the longest is next"
# The method that a strategy becomes, and how it differs.
STRATEGIES = {
    "ringall": ("ring_all", ""),
    "leastrecent": ("oldest_inbound_call_finish", ""),
    "fewestcalls": ("fewest_calls", ""),
    "random": ("random", ""),
    "rrmemory": ("longest_wait_time", READY_LONGEST),
    "rrordered": ("longest_wait_time", READY_LONGEST),
    "roundrobin": ("longest_wait_time", READY_LONGEST),
    "linear": ("inbound_group_rank", ""),
    "wrandom": ("ingroup_grade_random", "an agent's share follows the grade"),
}
UNKNOWN = "ring_all", "app_queue does not know it, and takes ringall"


class Conversion(NamedTuple):
    """The entities by kind and name, and the fate of each value of the source."""

    config: Config
    values: list[ConvertedValue]


def convert(
    queues: Iterable[Queue],
    campaign: str = "",
    names: Mapping[str, str] | None = None,
    plan: Dialplan | None = None,
) -> Conversion:
    """Return in-groups, agents and phones for these queues.

    `campaign` is that of the agents. `names` has another name for a queue or a phone whose name is not possible here.
    `plan` has the extensions of the contexts by which callers leave a queue.
    """
    renamed = names or {}
    ingroups: dict[str, Options] = {}
    values: list[ConvertedValue] = []
    agents = AgentsSoFar(campaign, renamed)
    for queue in queues:
        if queue.name == GENERAL:
            values += _general(queue)
            continue
        name = renamed.get(queue.name, queue.name)
        if why := _unusable(queue.name, name, ingroups):
            values.append(ConvertedValue(queue.name, "", queue.name, Fate.LOST, why))
            continue
        options: Options = {"group_name": queue.name[:50]}
        ingroups[name] = options
        for key, text, reading in _readings(queue, plan):
            values.append(ConvertedValue(queue.name, key, text, reading.fate, reading.why))
            options |= reading.options
        values += agents.add(queue, name)
    config = {"ingroup": ingroups, "phone": agents.phones(), "agent": agents.options()}
    return Conversion({kind: found for kind, found in config.items() if found}, values)


def _unusable(old: str, name: str, ingroups: Mapping[str, Options]) -> str:
    """Return why no in-group of a queue can have this name, or ""."""
    rename = f"to rename it: --name '{old}=NEW'"
    if name in ingroups:
        return f"another queue becomes the in-group {name}; {rename}"
    try:
        INGROUP.names.parse(name)
    except ValueError:
        return f"allowed as a name: {INGROUP.names.allowed}; {rename}"
    return ""


def _general(queue: Queue) -> Iterator[ConvertedValue]:
    for key, text in queue.values.items():
        reading = queue_keys.of_all(key, text)
        yield ConvertedValue(GENERAL, key, text, reading.fate, reading.why)


def _readings(queue: Queue, plan: Dialplan | None) -> Iterator[tuple[str, str, Reading]]:
    """Yield each value of a queue with its reading, and the defaults of app_queue that are not those of Warmline."""
    strategy = queue.values.get("strategy", "")
    yield "strategy", strategy or "(ringall)", _strategy(queue, strategy.lower() or "ringall")
    yield from _announcements(queue)
    if "announce" not in queue.values:
        yield "announce", "(none)", kept(agent_alert_exten=NO_SOUND)
    for key, read in (("timeout", queue_keys.rings), ("retry", queue_keys.retries)):
        yield key, queue.values.get(key, "(default)"), read(queue.values.get(key, DEFAULTS[key]))
    for key, text in queue.values.items():
        if key == "context":
            yield key, text, exits(text, plan)
        if key not in TOGETHER:
            yield key, text, queue_keys.of_key(key, text)


def _strategy(queue: Queue, strategy: str) -> Reading:
    method, difference = STRATEGIES.get(strategy, UNKNOWN)
    options: Options = {"next_agent_call": method}
    if strategy not in ("linear", "wrandom") and any(number(one.penalty) for one in queue.members):
        options["rank_first"] = "Y"
    return changed(difference, **options) if difference else kept(**options)


def _announcements(queue: Queue) -> Iterator[tuple[str, str, Reading]]:
    """Yield what a waiting caller hears. Warmline says place, wait and prompt together, every `prompt_interval`."""
    given = queue.values
    places, prompts = number(given.get("announce-frequency", "")), number(given.get("periodic-announce-frequency", ""))
    every = min(prompts or places, 3600)
    files = given.get("periodic-announce", "") or "queue-periodic-announce"
    yield from _intervals(given, places, prompts, every)
    if prompts:
        one_by_one = "," in files
        options: Options = {"onhold_prompt_filename": "|".join(part.strip() for part in files.split(","))}
        reading = changed("all play, one after the other", **options) if one_by_one else kept(**options)
        yield "periodic-announce", given.get("periodic-announce", "(default)"), reading
    else:
        if "periodic-announce" in given:
            yield "periodic-announce", files, not_needed("it plays with periodic-announce-frequency alone")
        if places:
            yield "periodic-announce", "(none)", kept(onhold_prompt_filename=NO_SOUND)
    for key, name in (("announce-position", "play_place_in_line"), ("announce-holdtime", "play_estimate_hold_time")):
        if not places:
            if key in given:
                yield key, given[key], not_needed("it plays with announce-frequency alone")
            continue
        word = given.get(key, "yes").lower()
        shown = given.get(key, "(yes)")
        if word in ("limit", "more", "once"):
            yield key, shown, changed("with each prompt", **{name: "Y"})
        else:
            yield key, shown, kept(**{name: "Y" if is_on(word) else "N"})


def _intervals(given: Mapping[str, str], places: int, prompts: int, every: int) -> Iterator[tuple[str, str, Reading]]:
    if not every:
        yield "announce-frequency", given.get("announce-frequency", "(0)"), kept(prompt_interval=0)
        if "periodic-announce-frequency" in given:
            yield "periodic-announce-frequency", given["periodic-announce-frequency"], not_needed("no prompts play")
        return
    if prompts:
        yield "periodic-announce-frequency", str(prompts), kept(prompt_interval=every)
    if places:
        same = places == every
        reading = kept(prompt_interval=every) if same else changed(f"place and wait are said every {every} s")
        yield "announce-frequency", str(places), reading
    elif "announce-frequency" in given:
        yield "announce-frequency", given["announce-frequency"], not_needed("place and wait are not said")
    if "periodic-announce-frequency" in given and not prompts:
        yield "periodic-announce-frequency", given["periodic-announce-frequency"], not_needed("no prompts play")


def counts(values: Sequence[ConvertedValue]) -> dict[str, int]:
    """Return how many values have each fate."""
    found: dict[str, int] = {}
    for one in values:
        found[one.fate.value] = found.get(one.fate.value, 0) + 1
    return found
