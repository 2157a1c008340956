"""Turns the members of queues into agents and phones. A member of several queues is one agent."""

import re
from collections.abc import Callable, Iterator, Mapping

from warmline.options.option_table import AGENT, PHONE
from warmline.options.values.option_types import Value
from warmline_contrib.imports.converted_value import ConvertedValue, Fate, Reading, changed, kept, lost, not_needed
from warmline_contrib.imports.queue_keys import FALSE, is_on, number
from warmline_contrib.imports.queue_source import Queue, QueueMember

ENDPOINT = re.compile(r"(PJSIP|SIP)/([^/@,]+)", re.IGNORECASE)
# Numbers at a trunk: PJSIP/NUMBER@trunk, PJSIP/trunk/sip:NUMBER@host, SIP/trunk/NUMBER, DAHDI/g1/NUMBER, Local/NUMBER@x
AT_TRUNK = re.compile(
    r"(?:PJSIP|SIP|IAX2|DAHDI)/(?=[^/]+[/@])(?:[^/@,]+/)?(?:sip:)?(\+?[0-9]{3,20})(?:@[^/]*)?", re.IGNORECASE
)
THROUGH_DIALPLAN = re.compile(r"Local/(\+?[0-9]{7,20})@[^/]+(?:/[a-z]*)?", re.IGNORECASE)  # shorter: an extension
HINT = re.compile(r"hint:([^@]+)(@.*)?", re.IGNORECASE)
NEVER_PAUSED = 99  # the most of max_missed
LONGEST_WRAPUP = 3600  # seconds
RANKS = range(9, -10, -1)
GRADES = 10
WAYS = ("phone", "outside_number")  # options by which an agent is reached
NO_PLACE = Reading(Fate.KEPT, "")
MEMBER_ALREADY = changed("an earlier line makes the agent a member of this queue, and that one counts")


class AgentsSoFar:
    """The agents of the queues that were read. `names` has another name for a phone whose name no agent can have."""

    def __init__(self, campaign: str, names: Mapping[str, str]) -> None:
        self._campaign = campaign
        self._names = names
        self._found: dict[str, dict[str, Value]] = {}

    def phones(self) -> dict[str, dict[str, Value]]:
        """Return the phones by name; a phone has no options."""
        return {str(options["phone"]): {} for options in self._found.values() if "phone" in options}

    def options(self) -> dict[str, dict[str, Value]]:
        """Return the options of the agents by name."""
        return self._found

    def add(self, queue: Queue, ingroup: str) -> Iterator[ConvertedValue]:
        """Add the members of a queue, and yield the fate of each value."""
        agents = []
        for member, place in zip(queue.members, _places(queue), strict=True):
            reading = _phone(member)
            number = str(reading.options.get("phone") or reading.options.get("outside_number") or "")
            name = self._names.get(number, number.removeprefix("+"))
            if fault := _unusable(reading, number, name) or self._of_another(reading, number, name):
                reading = lost(fault)
            elif ingroup in self._ingroups(name):
                yield from _again(queue, member)
                continue
            yield _value(queue, "member", member.interface, reading)
            if reading.fate is not Fate.LOST:
                agent = self._agent(name, reading.options, member)
                _enter(agent, ingroup, place)
                agents.append(agent)
                yield from _of_member(queue, member, place)
        yield from _of_queue(queue, agents)

    def _ingroups(self, name: str) -> tuple[str, ...]:
        found = self._found.get(name, {}).get("ingroups", ())
        return found if isinstance(found, tuple) else ()

    def _of_another(self, reading: Reading, number: str, name: str) -> str:
        """Return why this phone or number cannot be that of the agent: the agent has another one. "" if it can."""
        agent = self._found.get(name, reading.options)
        same = any(str(agent.get(key, "")).removeprefix("+") == number.removeprefix("+") for key in WAYS)
        return "" if same else f"agent {name} has another phone; to give this one its own: --name {number}=NEW"

    def _agent(self, name: str, phone: Mapping[str, Value], member: QueueMember) -> dict[str, Value]:
        agent = self._found.get(name)
        if agent is None:
            agent = self._found[name] = {**phone, "phone_mode": "on_hook"}
            if self._campaign:
                agent["campaign"] = self._campaign
        if member.membername not in ("", member.interface):
            agent["full_name"] = member.membername[:50]
        return agent


def _enter(agent: dict[str, Value], ingroup: str, place: Reading) -> None:
    """Let the agent take calls of the in-group, with this rank or grade."""
    _append(agent, "ingroups", ingroup)
    for name, value in place.options.items():
        _append(agent, name, f"{ingroup}:{value}")


def _append(agent: dict[str, Value], name: str, text: str) -> None:
    before = agent.get(name, ())
    agent[name] = (*(before if isinstance(before, tuple) else ()), text)


def _phone(member: QueueMember) -> Reading:
    """Return what the member's interface becomes: a phone, or a number outside."""
    if found := ENDPOINT.fullmatch(member.interface):
        if found[1].upper() == "PJSIP":
            return kept(phone=found[2])
        return changed("the phone is the PJSIP endpoint of this name", phone=found[2])
    if found := ENDPOINT.fullmatch(member.state_interface):
        return changed("this phone is rung, in place of the interface", phone=found[2])
    if found := HINT.fullmatch(member.state_interface):
        return changed("the phone is the PJSIP endpoint of the hint's name", phone=found[1])
    if found := AT_TRUNK.fullmatch(member.interface) or THROUGH_DIALPLAN.fullmatch(member.interface):
        return changed("it is dialled by dial_template of the campaign, and key 1 accepts", outside_number=found[1])
    return lost("an agent's phone is a PJSIP endpoint; name one as state_interface")


def _unusable(reading: Reading, number: str, name: str) -> str:
    """Return why no phone or agent can have this name; "" if they can, or if there is no phone."""
    named = {PHONE: number} if "phone" in reading.options else {}
    for entity, text in (named | {AGENT: name} if number else {}).items():
        try:
            entity.names.parse(text)
        except ValueError:
            return (
                f"allowed as a name of {entity.kind}: {entity.names.allowed}; to rename the agent: --name {number}=NEW"
            )
    return ""


def _places(queue: Queue) -> list[Reading]:
    """Return the rank or the grade of each member; without one, all members are equal."""
    strategy = queue.values.get("strategy", "").lower()
    penalties = [max(0, number(one.penalty)) for one in queue.members]
    if strategy == "linear":
        return [_rank(index) for index in range(len(penalties))]
    if strategy == "wrandom":
        return [_grade(one) for one in penalties]
    if not any(penalties):
        return [NO_PLACE] * len(penalties)
    if max(penalties) <= -RANKS[-1]:
        return [kept(ingroup_ranks=-one) if one else NO_PLACE for one in penalties]
    order = sorted(set(penalties))
    return [_rank(order.index(one)) for one in penalties]


def _rank(index: int) -> Reading:
    if index < len(RANKS):
        return changed("the order is kept", ingroup_ranks=RANKS[index])
    return changed("no rank is lower, so several share it", ingroup_ranks=RANKS[-1])


def _grade(penalty: int) -> Reading:
    share = max(1, round(GRADES / (1 + penalty)))
    return changed("calls are shared in proportion to the grades", ingroup_grades=share)


def _again(queue: Queue, member: QueueMember) -> Iterator[ConvertedValue]:
    """Yield the values of a member who is the agent of an earlier member of the queue."""
    yield _value(queue, "member", member.interface, MEMBER_ALREADY)
    if number(member.penalty):
        yield _value(queue, f"penalty of {member.interface}", member.penalty, MEMBER_ALREADY)


def _of_member(queue: Queue, member: QueueMember, place: Reading) -> Iterator[ConvertedValue]:
    if place.options or number(member.penalty):
        yield _value(queue, f"penalty of {member.interface}", member.penalty or "0", place)
    if is_on(member.ringinuse):
        reading = lost("an agent in a call gets no second one")
        yield _value(queue, f"ringinuse of {member.interface}", member.ringinuse, reading)
    if is_on(member.paused):
        reading = lost("login_state of the campaign says how a login begins")
        yield _value(queue, f"paused of {member.interface}", member.paused, reading)


def _of_queue(queue: Queue, agents: list[dict[str, Value]]) -> Iterator[ConvertedValue]:
    """Give the agents what app_queue has for each queue, and yield the fates."""
    given = queue.values
    wrapups = [given.get("wrapuptime", ""), *(member.wrapuptime for member in queue.members)]
    merged = {}
    if any(wrapups) or "wrapuptime" in given:
        longest = max(map(number, wrapups))
        merged["wrapuptime"] = _merged(agents, "wrapup_seconds_override", min(max(longest, 0), LONGEST_WRAPUP), max)
    pauses = given.get("autopause", "no").lower() not in FALSE
    merged["autopause"] = _merged(agents, "max_missed", 1 if pauses else NEVER_PAUSED, min)
    for key, reading in merged.items():
        if key in given or agents:
            yield _value(queue, key, given.get(key, "(default)"), reading)


def _merged(agents: list[dict[str, Value]], name: str, value: int, choose: Callable[[int, int], int]) -> Reading:
    """Set an option of these agents. An agent of several queues has one value, the one that `choose` prefers."""
    if not agents:
        return not_needed("no member of this queue is an agent")
    differs = False
    for agent in agents:
        before = agent.get(name, value)
        agent[name] = choose(before, value) if isinstance(before, int) else value
        differs |= before != value
    return changed("other queues of an agent differ", **{name: value}) if differs else kept(**{name: value})


def _value(queue: Queue, key: str, text: str, reading: Reading) -> ConvertedValue:
    return ConvertedValue(queue.name, key, text, reading.fate, reading.why)
