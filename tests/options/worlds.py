"""Worlds that differ in one option: the requests, answers and records of each, for test_every_option.

A story runs a world from the first caller to the end; its results are compared.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from tests.http.agent_api import visit
from tests.http.core_call_control import CoreBoard
from tools.simulation.asterisk.core_driver import Driver, demo_rules
from warmline.core.messages import events as ev
from warmline.core.messages.commands import Kind
from warmline.core.messages.values.callback import Callback
from warmline.core.model.call import Call
from warmline.core.model.queue_wait import QueueWait
from warmline.core.model.webhook import Webhook
from warmline.core.rules.configuration import AGENTDIRECT, CallTime, Ingroup
from warmline.options.option_table import check
from warmline.options.values.option_types import Value

FIRST, SECOND = "first", "second"  # callers
NEVER_OPEN = CallTime("NEVER", ct_default_start=2400, ct_default_stop=2400)
SOON_CLOSED = CallTime("SOON", ct_default_start=0, ct_default_stop=1414)  # 40 s after the simulated world begins

Story = Callable[[Any], object]  # of a Driver, or of the world's own driver
Given = dict[str, str]
World = Callable[[Story, Mapping[str, str]], list[str]]


@dataclass(frozen=True)
class Case:
    """`value` is compared with `against`, or with the default; `given` are other options, the same in both worlds.

    `shows` is in the results of the world with the value, and not in the other's.
    """

    story: Story
    value: str
    given: Given = field(default_factory=dict)
    shows: str = ""
    against: str = ""


def ingroup_world(story: Story, options: Mapping[str, str]) -> list[str]:
    """Return the results of a story in an in-group SALESLINE with these options."""
    return _told(story, agent={}, ingroup=check("ingroup", options))


def agent_world(story: Story, options: Mapping[str, str]) -> list[str]:
    """Return the same with these options of agent 1001; those of the in-groups begin with `ingroup.`."""
    own = {name: text for name, text in options.items() if not name.startswith("ingroup.")}
    group = {name.removeprefix("ingroup."): text for name, text in options.items() if name not in own}
    return _told(story, agent=check("agent", own), ingroup=check("ingroup", group))


def campaign_world(story: Story, options: Mapping[str, str]) -> list[str]:
    """Return the same with these options of campaign TESTCAMP."""
    return _told(story, agent={}, ingroup={}, campaign=check("campaign", options))


def _told(
    story: Story, agent: Mapping[str, Value], ingroup: Mapping[str, Value], campaign: Mapping[str, Value] | None = None
) -> list[str]:
    rules = demo_rules(dict(ingroup), **dict(campaign or {}))
    direct = Ingroup(**{"id": AGENTDIRECT, "queue_priority": 99, **ingroup})  # type: ignore[arg-type] # option names
    agents = {**rules.agents, "1001": replace(rules.agents["1001"], **agent)}  # type: ignore[arg-type] # option names
    rules = replace(
        rules,
        agents=agents,
        ingroups={**rules.ingroups, AGENTDIRECT: direct},
        call_times={one.id: one for one in (NEVER_OPEN, SOON_CLOSED)},
    )
    lab = Driver(rules)
    told = story(lab)
    records = [*lab.closed.values(), *lab.world.calls.values()]
    return [
        *(repr(action) for action in lab.asked),
        *(text for text in lab.told.values() if text),
        *(f"{one.ingroup} {one.outcome.status} {one.outcome.ended_by}" for one in records if isinstance(one, Call)),
        *(f"{one.ingroup} {one.outcome} {one.agent}" for one in records if isinstance(one, QueueWait)),
        *(repr(one) for one in records if isinstance(one, Callback)),
        *(f"{one.hook} {one.url}" for one in records if isinstance(one, Webhook)),
        repr(told),
    ]


# -- stories --


def comes(lab: Driver) -> None:
    """A caller without any agent."""
    lab.customer(name=FIRST)
    lab.wait(90)


def two_come(lab: Driver) -> None:
    lab.customer(name=FIRST)
    lab.customer(name=SECOND)
    lab.wait(30)


def is_served(lab: Driver) -> list[str]:
    """A caller, and an agent who is READY."""
    lab.log_in("1000")
    lab.customer(name=FIRST)
    lab.wait(30)
    return [user for user, session in lab.world.sessions.items() if session.call]


def is_sent_on(lab: Driver) -> None:
    """A caller who is served, transferred blind, and gets a disposition."""
    is_served(lab)
    lab.ask(Kind.BLIND_TRANSFER, number="8500")
    lab.wait(1)
    lab.ask(Kind.STATUS, status="SALE")


def one_of_two_serves(lab: Driver) -> list[str]:
    """Agent 1000 has been READY the longest; agent 1001 is READY too, and is the owner in the call's data."""
    lab.log_in("1000")
    lab.log_in("1001")
    lab.customer(name=FIRST, owner="1001")
    lab.wait(5)
    return [user for user, session in lab.world.sessions.items() if session.call]


def one_of_two_ranks_higher(lab: Driver) -> list[str]:
    """As above, and agent 1001 has the higher rank in the in-group."""
    lab.configure("agents", "1001", ingroup_ranks=("SALESLINE:9",))
    return one_of_two_serves(lab)


def owner_is_busy(lab: Driver) -> list[str]:
    """Agent 1001 is in a call and wraps up within 5 s; 1000 is READY: which of them gets the next caller?"""
    lab.log_in("1001")
    lab.customer(name=FIRST)
    lab.log_in("1000")
    lab.customer(name=SECOND, owner="1001")
    lab.wait(1)
    lab.hang_up(FIRST)
    lab.ask(Kind.HANGUP, "1001")
    lab.ask(Kind.STATUS, "1001", status="SALE")
    lab.wait(5)
    took = [user for user, session in lab.world.sessions.items() if session.call]
    return [str([SECOND, *took])]


def alone_serves(lab: Driver) -> list[str]:
    """Only agent 1001 wants to log in; a caller arrives."""
    lab.log_in("1001")
    lab.customer(name=FIRST)
    lab.wait(2)
    return [str([user for user, session in lab.world.sessions.items() if session.call])]


def alone_wraps_up(lab: Driver) -> list[str]:
    """The same, and the caller hangs up; the agent gives the code."""
    alone_serves(lab)
    lab.hang_up(FIRST)
    lab.ask(Kind.STATUS, "1001", status="SALE")
    lab.wait(1)
    return [session.state for session in lab.world.sessions.values()]


def many_come(lab: Driver) -> list[str]:
    """Both agents are READY repeatedly: which one gets each of twenty calls?"""
    lab.log_in("1000")
    lab.log_in("1001")
    took = []
    for number in range(20):
        caller = lab.customer(name=f"caller{number}")
        lab.wait(2)
        took.append(lab.call_of(caller).agent or "")
        lab.ask(Kind.HANGUP, took[-1])
        lab.ask(Kind.STATUS, took[-1], status="SALE")
        lab.wait(2)
    return took


def waits_at_two_lines(lab: Driver) -> list[str]:
    """A caller at SUPPORTLINE, then one at SALESLINE; an agent of both logs in: which caller do they get?"""
    lab.customer("ingroup", "SUPPORTLINE", name=FIRST)
    lab.wait(1)
    lab.customer(name=SECOND, vip="yes")
    lab.wait(1)
    lab.log_in("1000")
    return [lab.world.calls[session.call].customer or "" for session in lab.world.sessions.values() if session.call]


def is_handed_over(lab: Driver) -> list[str]:
    """A caller is transferred from SUPPORTLINE to SALESLINE, where another one waits: which is served first?"""
    lab.log_in("1000")
    lab.customer("ingroup", "SUPPORTLINE", name=FIRST)
    lab.wait(2)
    lab.customer(name=SECOND)
    lab.wait(2)
    lab.ask(Kind.LOCAL_CLOSER, ingroup="SALESLINE")
    lab.ask(Kind.STATUS, status="SALE")
    lab.wait(1)
    return [lab.world.calls[session.call].customer or "" for session in lab.world.sessions.values() if session.call]


def goes_to_the_default(lab: Driver) -> str:
    """The agent transfers the call to DEFAULTINGROUP, by the agent API."""
    lab.log_in("1000")
    lab.customer(name=FIRST)
    lab.wait(2)
    asks = {"function": "transfer_conference", "value": "LOCAL_CLOSER", "ingroup_choices": "DEFAULTINGROUP"}
    who = {"source": "test", "user": "6666", "pass": "1234", "agent_user": "1000"}

    async def talk(client: Any, _token: str) -> str:
        async with client.get("/agc/api.php", params=who | asks) as response:
            return str(await response.text())

    return str(visit(CoreBoard(lab), talk))


def comes_after_long_waits(lab: Driver) -> None:
    """The last caller waited a minute; the next one finds no free agent."""
    lab.customer(name=FIRST)
    lab.wait(60)
    lab.log_in("1000")
    lab.wait(1)
    lab.customer(name=SECOND)
    lab.wait(90)


def presses(key: str, story: Story = comes, after: float = 0) -> Story:
    """Return the story with callers who press a key this many seconds after an offer."""

    def told(lab: Driver) -> object:
        wait = lab.wait
        press_at: dict[str, int] = {}

        def listening(seconds: float) -> None:
            for _ in range(int(seconds * 2)):
                wait(0.5)
                for call in [call for call in lab.world.calls.values() if call.prompts.offer]:
                    press_at.setdefault(call.customer or "", lab.asterisk.now + int(after * 1_000_000))
                for customer in [one for one, at in press_at.items() if at <= lab.asterisk.now]:
                    del press_at[customer]
                    lab.feed(ev.DtmfReceived(customer, key))

        lab.wait = listening  # type: ignore[method-assign] # the callers listen now
        return story(lab)

    return told


def presses_while_waiting(key: str) -> Story:
    """Return the story of a caller who waits for a while and presses a key."""

    def told(lab: Driver) -> None:
        lab.customer(name=FIRST)
        lab.wait(5)
        lab.feed(ev.DtmfReceived(FIRST, key))
        lab.wait(5)

    return told


def his_caller_waits(lab: Driver) -> None:
    """A caller for agent 1001, who is PAUSED."""
    lab.log_in("1001")
    lab.ask(Kind.PAUSE, "1001")
    lab.customer("agent", "1001", name=FIRST)
    lab.wait(400)


def nobody_takes_it(lab: Driver) -> list[str]:
    """The phone of agent 1001 rings unanswered, for one call after the other."""
    lab.asterisk.far_ends["1001"] = [(0.1, "ringing")]
    lab.log_in("1001")
    for name in (FIRST, SECOND):
        lab.customer(name=name)
        lab.wait(4)
        lab.hang_up(name)
        lab.wait(1)
    return [f"{one.state} {one.pause_code}" for one in lab.world.sessions.values()]


def his_phone_rings(seconds: float) -> Story:
    """Return the story of a caller for whom only the phone of agent 1001 rings, unanswered, again and again."""

    def told(lab: Driver) -> str:
        lab.configure("agents", "1001", phone_mode="on_hook", max_missed=99)
        lab.asterisk.far_ends["1001"] = [(0.1, "ringing")]
        lab.log_in("1001")
        lab.customer(name=FIRST)
        lab.wait(seconds)
        return f"it rang {lab.asterisk.dialled.count('1001')} times"

    return told


def his_mobile_rings(lab: Driver) -> str:
    """A number outside of agent 1001, if there is one, is answered; the person presses 1. Return what was dialled."""
    lab.asterisk.far_ends["4930555"] = [(0.1, "ringing"), (1, "up")]
    lab.asterisk.far_ends["1001"] = [(0.1, "ringing")]
    lab.ask(Kind.LOGIN, "1001")
    lab.wait(1)
    lab.customer(name=FIRST)
    lab.wait(3)
    if leg := lab.session("1001").leg:
        lab.feed(ev.DtmfReceived(leg, "1"))
    lab.wait(1)
    return f"dialled {lab.asterisk.dialled}, {[str(call.state) for call in lab.world.calls.values()]}"


def it_closes_at_once(lab: Driver) -> None:
    """While a caller waits, closing_time_now_trigger is set."""
    value = lab.world.rules.ingroups["SALESLINE"].closing_time_now_trigger
    lab.configure("ingroups", "SALESLINE", closing_time_now_trigger="N")
    lab.customer(name=FIRST)
    lab.wait(2)
    lab.configure("ingroups", "SALESLINE", closing_time_now_trigger=value)
    lab.wait(10)
