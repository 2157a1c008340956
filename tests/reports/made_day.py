"""A working day of 220 calls in the simulated world: Friday, 20 November 2026, from 8 o'clock in Berlin.

The real core decides, the app's own writer writes. Every scenario begins and ends with all agents free. The order and
the lengths are drawn with a fixed seed, so the day is the same each time.
"""

import random
from collections.abc import Callable
from pathlib import Path

from lab import configure
from tools.simulation.asterisk.recorded_driver import RecordedDriver
from warmline.core.messages import events as ev
from warmline.core.messages.commands import Kind
from warmline.core.messages.values.callback import CANCELLED, Callback
from warmline.core.replace import replace
from warmline.store.leads import callbacks

SECOND = 1_000_000
ZONE = "Europe/Berlin"
DAY = "2026-11-20"
BEGIN = 1_795_158_000 * SECOND  # 8 o'clock
CALLS = 220
FRONTERS, CLOSERS, DIALLER = ("1000", "1001"), ("1002", "1003"), "1004"

CHANGES: list[configure.Change] = [
    ("setting", "warmline", {"timezone": ZONE}),
    ("user-group", "EAST", {"group_name": "East floor"}),
    ("user-group", "WEST", {"group_name": "West floor"}),
    ("call-time", "NEVER", {"ct_default_start": "2400", "ct_default_stop": "2400"}),
    ("call-time", "BREAK", {"ct_default_stop": "1100", "ct_more_hours": "mon-sun:1200-1300"}),
    ("ingroup", "CLOSERS", {"group_name": "Closers", "drop_call_seconds": "45", "drop_action": "HANGUP"}),
    (
        "ingroup",
        "SALESLINE",
        {
            "group_name": "Sales",
            "answer_sec_pct_rt_stat_one": "10",
            "drop_call_seconds": "60",
            "drop_action": "IN_GROUP",
            "drop_inbound_group": "OVERFLOW",
            "call_handle_method": "NONE",
        },
    ),
    ("ingroup", "OVERFLOW", {"group_name": "Overflow", "drop_call_seconds": "30", "drop_action": "HANGUP"}),
    ("ingroup", "NIGHTLINE", {"call_time_id": "NEVER", "after_hours_action": "HANGUP"}),
    (
        "ingroup",
        "BACKLINE",
        {
            "wait_time_option": "PRESS_CID_CALLBACK",
            "wait_time_option_seconds": "20",
            "no_agent_no_queue": "N",
        },
    ),
    ("disposition", "NI", {"category": "LOST"}),
    ("campaign", "TESTCAMP", {"campaign_name": "Autumn", "blind_unanswered_action": "INGROUP"}),
    *(
        ("agent", user, {"full_name": f"Agent {user}", "user_group": "EAST", "ingroups": "SALESLINE,AGENTDIRECT"})
        for user in FRONTERS
    ),
    *(
        ("agent", user, {"full_name": f"Closer {user}", "user_group": "WEST", "ingroups": "CLOSERS,OVERFLOW"})
        for user in CLOSERS
    ),
    ("agent", DIALLER, {"full_name": "Dialler", "user_group": "EAST", "ingroups": "BACKLINE"}),
    ("pause-code", "LUNCH", {"time_limit": "300"}),
    ("did", "8005550100", {"did_description": "Sales advert", "route": "ingroup:SALESLINE"}),
]


class MadeDay(RecordedDriver):
    """The day while it is made."""

    def __init__(self, database: Path) -> None:
        self._begun = False
        super().__init__(database)
        self.draw = random.Random(20)  # noqa: S311 - no secret
        self.calls = 0
        self.asterisk.now = BEGIN
        self.asterisk.far_ends["4932"] = [(0.1, "ringing"), (3.0, "up")]
        self.asterisk.far_ends["4933"] = [(0.1, 17)]

    def feed(self, entry: ev.Event) -> object:  # type: ignore[override]  # the first input is the configuration
        if not self._begun:
            self._begun, self.asterisk.now = True, BEGIN - SECOND
        return super().feed(entry)

    def live(self) -> None:
        """Live the whole day."""
        self.log_all_in()
        scenarios: list[tuple[int, Callable[[], None]]] = [
            (60, self.ordinary),
            (14, self.parked),
            (14, self.warm),
            (6, self.warm_to_a_closer),
            (4, self.asked_for_a_closer_and_withdrew),
            (6, self.third_party_busy),
            (8, self.blind),
            (6, self.blind_and_back),
            (10, self.to_the_closers),
            (4, self.lost_before_the_closer),
            (14, self.abandoned),
            (10, self.answered_after_a_wait),
            (4, self.consulted),
            (1, self.promised_and_late),
            (8, self.overflowed),
            (5, self.overflowed_and_lost),
            (5, self.came_too_late),
            (6, self.wants_a_callback),
            (16, self.dialled),
            (6, self.dialled_in_vain),
            (6, self.promised_and_kept),
            (4, self.promised_and_missed),
            (2, self.promised_and_cancelled),
            (8, self.fell_back),
            (3, self.fell_back_from_the_queue),
            (2, self.sent_elsewhere_by_its_did),
            (5, self.without_a_code),
            (4, self.refused),
            (4, self.missed_and_reached),
            (4, self.corrected),
        ]
        order = [one for count, one in scenarios for _ in range(count)]
        self.draw.shuffle(order)
        pauses = set(range(20, len(order), 23))
        for number, scenario in enumerate(order):
            if number in pauses:
                self.lunch()
            scenario()
            self.wait(self.draw.randint(1, 90))
        for user in (*FRONTERS, *CLOSERS, DIALLER):
            self.wait(self.draw.randint(1, 60))
            self.ask(Kind.LOGOUT, user)
            self.hang_up(f"phone-{user}")

    # -- steps --

    def arrive(self, ingroup: str = "SALESLINE", dialled: str = "8005550100") -> str:
        """Let a caller come; return the channel."""
        self.calls += 1
        channel = f"caller-{self.calls}"
        self.asterisk.come_in(
            channel, "ingroup", ingroup, number=f"4930{self.calls:05d}", dialled=dialled, call=self._base()
        )
        self.pump()
        return channel

    def agent_of(self, channel: str) -> str:
        return self.call_of(channel).agent or ""

    def talk(self, low: int = 5, high: int = 90) -> None:
        self.wait(self.draw.randint(low, high))

    def code(self, agent: str, *codes: str) -> None:
        self.wait(self.draw.randint(2, 30))
        self.must(Kind.STATUS, agent, status=self.draw.choice(codes or ("SALE", "NI", "NP", "DEC")))

    def must(self, kind: Kind, agent: str, **arguments: object) -> None:
        why = self.ask(kind, agent, **arguments)
        assert not why, (kind, agent, arguments, why, self.world.sessions.get(agent))

    def taken(self) -> tuple[str, str]:
        channel = self.arrive()
        self.wait(0.3)
        agent = self.agent_of(channel)
        assert agent, (self.call_of(channel), self.world.sessions)
        return channel, agent

    def nobody(self, *users: str) -> None:
        for user in users:
            assert self.ask(Kind.PAUSE, user, pause_code="BREAK") == ""

    def all_back(self, *users: str) -> None:
        for user in users:
            assert self.ask(Kind.RESUME, user) == ""

    # -- scenarios, each one call --

    def lunch(self) -> None:
        user = self.draw.choice(FRONTERS + CLOSERS)
        self.ask(Kind.PAUSE, user, pause_code=self.draw.choice(("LUNCH", "COFFEE")))
        self.talk(60, 600)
        self.ask(Kind.RESUME, user)

    def ordinary(self) -> None:
        channel, agent = self.taken()
        self.talk()
        if self.draw.random() < 0.5:
            self.ask(Kind.HANGUP, agent)
        else:
            self.hang_up(channel)
        self.code(agent)

    def parked(self) -> None:
        channel, agent = self.taken()
        self.talk()
        self.ask(Kind.PARK_CUSTOMER, agent)
        self.talk(3, 30)
        self.ask(Kind.GRAB_CUSTOMER, agent)
        self.talk()
        self.hang_up(channel)
        self.code(agent)

    def warm(self) -> None:
        channel, agent = self.taken()
        self.talk()
        dial = self.draw.choice((Kind.DIAL_WITH_CUSTOMER, Kind.PARK_CUSTOMER_DIAL))
        self.ask(dial, agent, number="8500")
        self.talk(3, 20)
        self.ask(Kind.LEAVE_3WAY_CALL, agent)
        self.code(agent, "XFER")
        self.talk(3, 40)
        self.hang_up(channel)

    def warm_to_a_closer(self) -> None:
        channel, agent = self.taken()
        self.talk()
        self.ask(Kind.DIAL_WITH_CUSTOMER, agent, ingroup="CLOSERS")
        self.talk(3, 20)
        self.ask(Kind.LEAVE_3WAY_CALL, agent)
        self.code(agent, "XFER")
        closer = self.agent_of(channel)
        self.talk()
        self.hang_up(channel)
        self.code(closer)

    def asked_for_a_closer_and_withdrew(self) -> None:
        self.nobody(*CLOSERS)
        channel, agent = self.taken()
        self.ask(Kind.PARK_CUSTOMER_DIAL, agent, ingroup="CLOSERS")
        self.talk(3, 20)
        self.ask(Kind.HANGUP_XFER, agent)
        self.talk(3, 20)
        self.hang_up(channel)
        self.code(agent)
        self.all_back(*CLOSERS)

    def third_party_busy(self) -> None:
        channel, agent = self.taken()
        self.ask(Kind.DIAL_WITH_CUSTOMER, agent, number="8502")
        self.talk()
        self.hang_up(channel)
        self.code(agent)

    def blind(self) -> None:
        channel, agent = self.taken()
        self.talk()
        self.ask(Kind.BLIND_TRANSFER, agent, number="8500")
        self.code(agent, "XFER")
        self.talk(3, 40)
        self.hang_up(channel)

    def blind_and_back(self) -> None:
        channel, agent = self.taken()
        self.talk()
        self.ask(Kind.BLIND_TRANSFER, agent, number="8502")
        self.wait(1)
        other = self.agent_of(channel)
        self.code(agent, "XFER")
        self.wait(1)
        other = other or self.agent_of(channel)
        self.talk()
        self.hang_up(channel)
        self.code(other)

    def to_the_closers(self) -> None:
        channel, agent = self.taken()
        self.talk()
        self.ask(Kind.LOCAL_CLOSER, agent, ingroup="CLOSERS")
        self.code(agent, "XFER")
        closer = self.agent_of(channel)
        self.talk()
        self.hang_up(channel)
        self.code(closer)

    def lost_before_the_closer(self) -> None:
        self.nobody(*CLOSERS)
        channel, agent = self.taken()
        self.talk()
        self.ask(Kind.LOCAL_CLOSER, agent, ingroup="CLOSERS")
        self.code(agent, "XFER")
        self.talk(3, 12)
        self.hang_up(channel)
        self.all_back(*CLOSERS)

    def abandoned(self) -> None:
        self.nobody(*FRONTERS)
        channel = self.arrive()
        self.talk(2, 50)
        self.hang_up(channel)
        self.all_back(*FRONTERS)

    def answered_after_a_wait(self) -> None:
        self.nobody(*FRONTERS)
        channel = self.arrive()
        self.wait(self.draw.choice((4, 9, 14, 30)))
        self.all_back(*FRONTERS)
        self.wait(0.3)
        agent = self.agent_of(channel)
        self.talk()
        self.hang_up(channel)
        self.code(agent)

    def consulted(self) -> None:
        channel, agent = self.taken()
        self.ask(Kind.PARK_CUSTOMER_DIAL, agent, number="8500")
        self.talk(3, 20)
        self.ask(Kind.HANGUP_XFER, agent)
        self.ask(Kind.GRAB_CUSTOMER, agent)
        self.talk()
        self.hang_up(channel)
        self.code(agent)

    def missed_and_reached(self) -> None:
        self.nobody(*FRONTERS)
        channel = self.arrive()
        number = self.call_of(channel).number
        self.talk(2, 50)
        self.hang_up(channel)
        self.all_back(*FRONTERS)
        self.asterisk.far_ends[number] = self.asterisk.far_ends["4932"]
        self.dial(number)

    def overflowed(self) -> None:
        self.nobody(*FRONTERS)
        channel = self.arrive()
        self.wait(61)
        self.all_back(*FRONTERS)
        closer = self.agent_of(channel)
        self.talk()
        self.hang_up(channel)
        self.code(closer)

    def overflowed_and_lost(self) -> None:
        everybody = (*FRONTERS, *CLOSERS)
        self.nobody(*everybody)
        channel = self.arrive()
        self.wait(61 + self.draw.choice((5, 40)))
        self.hang_up(channel)
        self.all_back(*everybody)

    def came_too_late(self) -> None:
        self.arrive("NIGHTLINE", "8005550101")
        self.wait(2)

    def wants_a_callback(self) -> None:
        self.arrive("BACKLINE", "8005550101")
        self.wait(21)
        channel = f"caller-{self.calls}"
        self.asterisk.press(channel, "1")
        self.pump()
        self.wait(20)
        self.hang_up(channel)

    def dial(self, number: str, **more: object) -> None:
        self.calls += 1
        self.ask(Kind.DIAL, DIALLER, number=number, **more)
        self.wait(5)
        [call] = [one for one in self.world.calls.values() if one.number == number]
        self.talk()
        self.hang_up(call.customer or "")
        self.code(DIALLER)

    def dialled(self) -> None:
        self.dial("4932")

    def dialled_in_vain(self) -> None:
        self.calls += 1
        self.ask(Kind.DIAL, DIALLER, number="4933")
        self.wait(2)
        self.code(DIALLER, "B")

    def promised(self, minutes: int) -> Callback:
        channel, agent = self.taken()
        number = self.call_of(channel).number
        self.talk()
        self.hang_up(channel)
        self.wait(5)
        wanted = Callback(id="", call="", number="", agent="", at=self.asterisk.now + minutes * 60 * SECOND)
        assert self.ask(Kind.STATUS, agent, status="CALLBK", callback=wanted) == ""
        self.asterisk.far_ends[number] = self.asterisk.far_ends["4932"]
        found = callbacks.listed(self.database, self.asterisk.now)
        return next(one for one in found if one.number == number)

    def promised_and_kept(self) -> None:
        made = self.promised(2)
        self.wait(self.draw.choice((100, 150)))
        self.dial(made.number, callback=made)

    def promised_and_late(self) -> None:
        made = self.promised(1)
        self.wait(4000)
        self.dial(made.number, callback=made)

    def promised_and_missed(self) -> None:
        self.promised(30)

    def promised_and_cancelled(self) -> None:
        made = self.promised(60)
        self.wait(20)
        cancelled = replace(made, state=CANCELLED, ended=self.asterisk.now)
        assert self.ask(Kind.CALLBACK, "", callback=cancelled, change="cancelled") == ""

    def fell_back(self) -> None:
        self.calls += 1
        number = f"4931{self.calls:05d}"
        self.feed(ev.FallbackTaken(self._base(), self.asterisk.now, number, "8005550100", "the application is away"))

    def fell_back_from_the_queue(self) -> None:
        self.nobody(*FRONTERS)
        channel = self.arrive()
        self.talk(3, 20)
        call = self.call_of(channel)
        self.feed(ev.FallbackTaken(call.id, self.asterisk.now, call.number, "8005550100", "the application is stopped"))
        self.hang_up(channel)
        self.all_back(*FRONTERS)

    def sent_elsewhere_by_its_did(self) -> None:
        self.calls += 1
        there = "warmline-voicemail,100,1"
        self.feed(ev.FallbackTaken(self._base(), self.asterisk.now, "493177", "8005550109", "sent to voicemail", there))

    def without_a_code(self) -> None:
        """An error removes the call from its agent, who is paused without a wrap-up."""
        channel, agent = self.taken()
        self.talk()
        call = self.call_of(channel).id
        self.feed(ev.TurnFailed(ev.TimerFired(), "KeyError", "there.py:1", ev.Remedy.REMOVE, call, call, (call,)))
        self.hang_up(channel)
        self.wait(5)
        self.all_back(agent)

    def log_all_in(self) -> None:
        for user in (*FRONTERS, *CLOSERS, DIALLER):
            self.log_in(user)
            self.wait(self.draw.randint(3, 40))
            self.must(Kind.RESUME, user)
        self.must(Kind.PAUSE, DIALLER, pause_code="MANUAL")

    def refused(self) -> None:
        channel, agent = self.taken()
        assert self.ask(Kind.LEAVE_3WAY_CALL, agent)
        assert self.ask(Kind.BLIND_TRANSFER, agent, number="")
        self.talk()
        self.hang_up(channel)
        self.code(agent)

    def corrected(self) -> None:
        channel, agent = self.taken()
        call = self.call_of(channel).id
        self.talk()
        self.hang_up(channel)
        self.code(agent, "SALE", "NI")
        self.wait(3)
        assert self.ask(Kind.SET_STATUS, agent, call=call, status="DEC", why="wrong") == ""


def make(path: Path) -> int:
    """Make the database; return the time at which the day was over, microseconds UTC."""
    configure.fill(path, CHANGES)
    day = MadeDay(path)
    day.live()
    assert not day.world.calls, [(one.number, one.state) for one in day.world.calls.values()]
    assert day.calls >= CALLS, day.calls
    over = day.asterisk.now
    day.close()
    return over
