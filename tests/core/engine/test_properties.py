"""Any events in any order: Hypothesis searches for violations of the properties that must hold.

Customers, agents and third parties come and go, commands are given, and events are lost, late or repeated. The app is
restarted between any two of them. After a loss, Asterisk's snapshot is read again, as after a broken connection.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.soak import examples
from tools.simulation.asterisk.asterisk_death import asterisk_dies, asterisk_is_stopped, comes_back
from tools.simulation.asterisk.core_driver import Driver, demo_rules
from tools.simulation.asterisk.simulated_asterisk import SECOND
from tools.simulation.asterisk.simulated_snapshot import difference
from warmline.core.agents import supervisor_page
from warmline.core.agents.agent_time_limits import find_state_end_us
from warmline.core.calls import after_call
from warmline.core.calls.leg_placement import get_bridge_id, get_layout
from warmline.core.calls.ringing import list_ringing_agents
from warmline.core.commands.command_registry import CALL_COMMANDS
from warmline.core.engine.engine import handle
from warmline.core.engine.recovery import restore
from warmline.core.indexes.call_counts import CallCounts
from warmline.core.messages import actions as do
from warmline.core.messages import events as ev
from warmline.core.messages.commands import Kind
from warmline.core.messages.page_messages import PageAway
from warmline.core.model.call import Call
from warmline.core.model.call_states import LAYOUT, AgentState, LegBridge, State
from warmline.core.model.leg import Phase, Role
from warmline.core.model.receipt import Receipt
from warmline.core.model.session import AgentInterval, Session
from warmline.core.world.world import World

USERS = ("1000", "1001", "1002")
NUMBERS = ("8500", "8501", "8502", "8503", "5551234", "777", "")
KINDS = tuple(kind for kind in Kind if kind is not Kind.CHANGE_INGROUPS)
TARGETS = (("", ""), ("SUPPORTLINE", ""), ("AGENTDIRECT", "1001"), ("AGENTDIRECT", "1002"), ("CLOSEDLINE", ""))
PHONE_DOES: tuple[list[tuple[float, str | int]], ...] = (
    [(0.1, "ringing"), (1.0, "up")],
    [(0.0, "up")],
    [(0.1, "ringing")],
    [(0.1, "ringing"), (0.5, 21)],
)
PRESSED = ("1", "2", "3", "*", "**", "#", "*18500#", "*18", *(f"*{key}" for key in "2345678"), "*9#", "*91", "*0")
EXITS = ("2 -> ingroup:SUPPORTLINE", "3 -> callback", "4 -> callmenu:menu")
SUPERVISE, PAGES = (Kind.LISTEN, Kind.WHISPER, Kind.BARGE), ("page-a", "page-b")
DELAY_US = 10_000  # microseconds; one input is always handled first
PARKS = tuple(kind for kind in Kind if "PARK" in kind or "GRAB" in kind)


def ended_well(lab: Driver) -> None:
    """Check that nothing of a call is left once it is over."""
    calls = lab.world.calls.values()
    rooms = {bridge for call in calls for bridge in call.bridges}
    supervisors = {f"ear-{leg.id}" for leg in lab.world.legs.values() if leg.role is Role.SUPERVISOR}
    assert set(lab.asterisk.bridges) <= rooms | supervisors, "a closed call owns a bridge"
    assert set(lab.asterisk.recordings.values()) <= rooms, "a closed call is recorded"
    known_legs = set(lab.world.legs)
    assert set(lab.asterisk.channels) <= known_legs, "a channel is an orphan"
    exits = [
        dialplan_exit
        for _, dialplan_exit in lab.asterisk.gone_on
        if dialplan_exit.startswith(f"{after_call.AFTER_CALL_CONTEXT},")
    ]
    assert len(exits) == len(set(exits)), "a customer went on twice after a call"


def seconds_add_up(lab: Driver) -> None:
    """Check that the intervals of each session have no gaps, from its start to its end or to now."""
    records = [*lab.closed.values(), *lab.world.sessions.values(), *lab.world.intervals.values()]
    sessions = {record.id: record for record in records if isinstance(record, Session)}
    stretches = sorted(
        (interval for interval in records if isinstance(interval, AgentInterval)),
        key=lambda interval: (interval.started, interval.id),
    )
    for session in sessions.values():
        session_intervals = [interval for interval in stretches if interval.session == session.id]
        assert session_intervals[0].started == session.started
        assert [interval.started for interval in session_intervals[1:]] == [
            interval.ended for interval in session_intervals[:-1]
        ], session_intervals
        assert session_intervals[-1].ended == session.ended, session_intervals
        assert not [
            interval for interval in session_intervals if interval.hold and interval.state is not AgentState.INCALL
        ]


def _takes_calls(lab: Driver, leg: str) -> bool:
    """Return whether an agent's phone is idle, and does not hold its line."""
    return lab.world.legs[leg].is_idle and not lab.asterisk.channels[leg].held


def serves_as(session: Session) -> AgentState:
    """Return whether the agent counts as paused, as READY without a phone does."""
    has_no_phone = session.state is AgentState.READY and session.phone_loss.away_since
    return AgentState.PAUSED if has_no_phone else session.state


class Floor(RuleBasedStateMachine):
    lab: Driver
    faulty = False

    def __init__(self) -> None:
        super().__init__()
        self.again, self.replayed = World(), 0  # the state from the journal, and how many inputs it has

    @initialize(
        recording=st.sampled_from(["NEVER", "ALLCALLS", "ALLFORCE"]),
        leave=st.sampled_from(["DISABLED", "ALL_CALLS", "ONLY_EXCEPTIONS"]),
        unanswered=st.sampled_from(["INGROUP", "HANGUP", "MESSAGE"]),
        options=st.fixed_dictionaries(
            {
                "customer_gone_while_dialing": st.sampled_from(["CANCEL", "KEEP"]),
                "customer_3way_hangup_action": st.sampled_from(["NONE", "DISPO"]),
                "park_recording": st.sampled_from(["CONTINUE", "STOP"]),
                "three_way_record_stop": st.sampled_from(["N", "Y"]),
                "transfer_no_dispo": st.sampled_from(["DISABLED", "LOCAL_AND_EXTERNAL_AND_LEAVE3WAY"]),
                "hangup_xfer_record_start": st.sampled_from(["N", "Y"]),
                "allcalls_delay": st.sampled_from([0, 2]),
                "park_max_seconds": st.sampled_from([0, 1]),
                "park_ivr": st.sampled_from(["", "ivr@park"]),
                "wrapup_seconds": st.sampled_from([0, 2, 20]),
                "dispo_max": st.sampled_from([0, 0, 10]),
                "dispo_max_action": st.sampled_from(["PAUSE", "NEXT"]),
                "dead_max": st.sampled_from([0, 0, 2]),
                "pause_max": st.sampled_from([0, 0, 30]),
                "follow_redirects": st.sampled_from([0, 2]),
                "left_max_minutes": st.sampled_from([240, 1]),
                "manual_calls_at_once": st.sampled_from([0, 0, 1]),
                "feature_keys": st.sampled_from(["N", "Y"]),
                "continue_after_hangup": st.sampled_from(["N", "Y"]),
            }
        ),
        ingroup=st.fixed_dictionaries(
            {
                "drop_action": st.sampled_from(["HANGUP", "MESSAGE", "IN_GROUP", "EXTENSION", "CALLMENU"]),
                "drop_inbound_group": st.just("SUPPORTLINE"),
                "drop_exten": st.sampled_from(["", "8600"]),
                "drop_callmenu": st.just("menu"),
                "no_agent_action": st.sampled_from(["MESSAGE", "HANGUP", "CALLMENU"]),
                "no_agent_action_value": st.just("menu"),
                "max_calls_method": st.sampled_from(["DISABLED", "DISABLED", "TOTAL", "IN_QUEUE"]),
                "max_calls_count": st.just(2),
                "closing_time_action": st.sampled_from(["DISABLED", "CALLERID_CALLBACK", "IN_GROUP"]),
                "closing_time_option_xfer_group": st.sampled_from(["SUPPORTLINE", "SALESLINE"]),
                "answer_signal": st.sampled_from(["START", "ROUTE", "NONE"]),
                "no_agent_no_queue": st.sampled_from(["N", "Y", "NO_PAUSED", "NO_READY"]),
                "welcome_message_filename": st.sampled_from(["---NONE---", "hello-there"]),
                "play_welcome_message": st.sampled_from(["ALWAYS", "IF_WAIT_ONLY"]),
                "prompt_interval": st.sampled_from([0, 2]),
                "wait_time_option": st.sampled_from(["NONE", "PRESS_CID_CALLBACK"]),
                "wait_time_second_option": st.sampled_from(["PRESS_STAY", "PRESS_INGROUP"]),
                "wait_time_option_seconds": st.just(3),
                "wait_time_option_xfer_group": st.just("SUPPORTLINE"),
                "exit_keys": st.sampled_from([(), EXITS]),
                "on_hook_ring_time": st.sampled_from([0, 2]),
                "retry_seconds": st.sampled_from([0, 0, 4]),
                "next_agent_call": st.sampled_from(["longest_wait_time", "random", "ring_all"]),
                "data_priority": st.sampled_from([(), ("owner=1000:7",)]),
                "data_agent": st.sampled_from(["", "owner"]),
                "data_agent_wait": st.sampled_from([0, 3]),
            }
        ),
        on_hook=st.sampled_from([("1002",), USERS, USERS]),
        outside=st.sampled_from([(), (), ("1002",), ("1000", "1002")]),
        users=st.sampled_from([("1000",), USERS]),
        has_after_call=st.booleans(),
    )
    def open(
        self,
        recording: str,
        leave: str,
        unanswered: str,
        options: dict[str, Any],
        ingroup: dict[str, Any],
        on_hook: tuple[str, ...],
        outside: tuple[str, ...],
        users: tuple[str, ...],
        has_after_call: bool,
    ) -> None:
        rules = demo_rules(
            ingroup,
            campaign_recording=recording,
            leave_3way_start_recording=leave,
            leave_3way_start_recording_exception="PARTNERS",
            leave_unanswered_action=unanswered,
            blind_unanswered_action=unanswered,
            **options,
        )
        self.lab = Driver(rules)
        self.lab.configure("ingroups", "SUPPORTLINE", moh_context="support")
        self.lab.asterisk.menus["menu"] = ("ingroup", "SUPPORTLINE")
        self.lab.asterisk.has_after = has_after_call
        self.serial = 0
        for user in on_hook:
            self.lab.configure("agents", user, phone_mode="on_hook")
        for user in outside:
            self.lab.configure("agents", user, outside_number=f"4930{user}")
            self.lab.asterisk.far_ends[f"4930{user}"] = [(0.1, "ringing"), (1.0, "up")]
        if on_hook == USERS:
            self.lab.configure("ingroups", "SUPPORTLINE", next_agent_call=ingroup["next_agent_call"])
        preference = {name: ingroup[name] for name in ("data_agent", "data_agent_wait")}
        self.lab.configure("ingroups", "SUPPORTLINE", **preference)
        for user in users:
            self.lab.log_in(user)
        self.lab.customer()

    @rule(closes=st.sampled_from("YN"))
    def the_in_group_closes_or_opens(self, closes: str) -> None:
        self.lab.configure("ingroups", "SALESLINE", closing_time_now_trigger=closes)

    @rule(user=st.sampled_from(USERS))
    def phone_dials_in(self, user: str) -> None:
        self.serial += 1
        self.lab.asterisk.come_in(f"phone-{user}-{self.serial}", "login", user)
        self.lab.pump()

    @rule(user=st.sampled_from(USERS), does=st.sampled_from(PHONE_DOES))
    def a_phone_is_as_its_user_is(self, user: str, does: list[tuple[float, str | int]]) -> None:
        """Set the behaviour of a phone from now on, when it is called."""
        self.lab.asterisk.far_ends[user] = does

    @rule(user=st.sampled_from(USERS), is_lost=st.booleans(), seconds=st.sampled_from([0, 0.6, 5, 20, 20.5]))
    def a_phone_cannot_be_reached_for_a_while(self, user: str, is_lost: bool, seconds: float) -> None:
        """Change the phone's registration; its line can be lost with it."""
        self.lab.feed(ev.PhoneUnreachable(user))
        answers = self.lab.asterisk.far_ends.pop(user, [])
        session = self.lab.world.sessions.get(user)
        if is_lost and session and session.leg in self.lab.asterisk.channels:
            self.lab.hang_up(session.leg, 44)
        self.lab.wait(seconds)
        self.lab.asterisk.far_ends[user] = answers
        self.lab.feed(ev.PhoneReachable(user))

    @rule(user=st.sampled_from(USERS), is_back=st.booleans())
    def a_phone_is_told_of(self, user: str, is_back: bool) -> None:
        self.lab.feed(ev.PhoneReachable(user) if is_back else ev.PhoneUnreachable(user))

    @precondition(lambda self: any(leg.is_dialled and leg.phase < Phase.UP for leg in self.lab.world.legs.values()))
    @rule(data=st.data(), number=st.sampled_from(["8500", "8501", "8503", "anna"]), heard=st.booleans())
    def a_called_party_redirects(self, data: st.DataObject, number: str, heard: bool) -> None:
        """Let a phone vanish; its end is received, or found at the next connection."""
        legs = self.lab.world.legs.values()
        leg = data.draw(st.sampled_from(sorted(leg.id for leg in legs if leg.is_dialled and leg.phase < Phase.UP)))
        self.lab.feed(ev.LegRedirected(leg, number))
        if heard:
            self.lab.hang_up(leg, 23)
        elif leg in self.lab.asterisk.channels:
            self.lab.asterisk.hang_up(leg, 23)
            self.lab.asterisk.out.clear()
            self.reconnect()

    @rule(
        args=st.sampled_from([("ingroup", "SALESLINE"), ("ingroup", "CLOSEDLINE"), ("agent", "1000"), ("made",), ()]),
        owner=st.sampled_from(["", "1000", "1001", "1009"]),
    )
    def customer_comes(self, args: tuple[str, ...], owner: str) -> None:
        self.serial += 1
        self.lab.asterisk.come_in(f"customer-{self.serial}", *args, data=(("owner", owner),))
        self.lab.pump()

    @precondition(lambda self: self.lab.asterisk.channels)
    @rule(data=st.data(), cause=st.sampled_from([16, 44]))
    def somebody_hangs_up(self, data: st.DataObject, cause: int) -> None:
        self.lab.hang_up(data.draw(st.sampled_from(sorted(self.lab.asterisk.channels))), cause)

    @precondition(lambda self: self.lab.world.legs)
    @rule(data=st.data())
    def asterisk_sends_somebody_nothing(self, data: st.DataObject) -> None:
        leg = self.lab.world.legs[data.draw(st.sampled_from(sorted(self.lab.world.legs)))]
        bridge, channel = leg.bridge or "", self.lab.asterisk.channels.get(leg.id)
        if (
            channel
            and bridge.startswith("room-")
            and not (leg.target_bridge or leg.hangup_requested or leg.held or channel.playing)
        ):
            channel.hears_nothing = True
        self.lab.feed(ev.LegWithoutAudio(leg.id, bridge))
        self.lab.pump()

    @precondition(lambda self: self.lab.world.legs)
    @rule(data=st.data(), heard=st.booleans())
    def somebody_holds_or_takes_back(self, data: st.DataObject, heard: bool) -> None:
        """Hold or resume with the phone's own key; if the event is lost, the app reconnects."""
        live_legs = sorted(leg for leg in self.lab.world.legs if leg in self.lab.asterisk.channels)
        channels = [channel for name in live_legs if (channel := self.lab.asterisk.channels[name]).up]
        if not channels:
            return
        channel = data.draw(st.sampled_from(channels))
        self.lab.asterisk.hold(channel.id, on=not channel.held)
        if heard:
            self.lab.pump()
        else:
            self.lab.asterisk.out.clear()
            self.reconnect()

    @precondition(lambda self: self.lab.asterisk.channels)
    @rule(data=st.data(), keys=st.sampled_from(PRESSED))
    def somebody_presses_keys(self, data: st.DataObject, keys: str) -> None:
        self.lab.asterisk.press(data.draw(st.sampled_from(sorted(self.lab.asterisk.channels))), keys)
        self.lab.pump()

    @rule(
        user=st.sampled_from(USERS),
        kind=st.sampled_from(KINDS),
        number=st.sampled_from(NUMBERS),
        destination=st.sampled_from(TARGETS),
    )
    def somebody_asks(self, user: str, kind: Kind, number: str, destination: tuple[str, str]) -> None:
        if kind is not Kind.LOGOUT or self.rare():
            self.lab.ask(kind, agent=user, number=number, status="A", ingroup=destination[0], to_agent=destination[1])

    @rule(
        user=st.sampled_from(USERS), kind=st.sampled_from(SUPERVISE), page=st.sampled_from(PAGES), offers=st.booleans()
    )
    def a_page_supervises(self, user: str, kind: Kind, page: str, offers: bool) -> None:
        """Give the command, and perhaps offer the page's phone, also for an agent whom it does not supervise."""
        self.lab.ask(kind, agent=user, phone="browser", page=page)
        if offers:
            self.page_offers(user, page)

    @rule(user=st.sampled_from(USERS), page=st.sampled_from(PAGES))
    def page_offers(self, user: str, page: str) -> None:
        self.serial += 1
        self.lab.asterisk.come_in(f"page-{self.serial}", "browser", user, page, "6666")
        self.lab.pump()

    @rule(user=st.sampled_from(USERS), page=st.sampled_from(PAGES))
    def a_page_goes(self, user: str, page: str) -> None:
        self.lab.feed(PageAway(user, page))

    @rule(user=st.sampled_from(USERS), names=st.sampled_from(["SALESLINE SUPPORTLINE", "SUPPORTLINE", "NONE", ""]))
    def somebody_serves_other_in_groups(self, user: str, names: str) -> None:
        self.lab.ask(Kind.CHANGE_INGROUPS, agent=user, message=names)

    @rule(user=st.sampled_from(USERS), kind=st.sampled_from(PARKS))
    def somebody_parks_or_grabs(self, user: str, kind: Kind) -> None:
        self.lab.ask(kind, agent=user)

    @precondition(lambda self: any(call.queueing.rung for call in self.lab.world.calls.values()))
    @rule(data=st.data(), several=st.booleans(), hangs_up=st.booleans())
    def phones_that_ring_are_answered(self, data: st.DataObject, several: bool, hangs_up: bool) -> None:
        """Let one phone of a ring group answer, or all at the same moment; the caller may hang up just then."""
        call = next(call for call in self.lab.world.calls.values() if call.queueing.rung)
        legs = [self.lab.session(user).leg or "" for user in list_ringing_agents(call)]
        with self.silence():
            for leg in legs if several else [data.draw(st.sampled_from(legs))]:
                self.lab.asterisk.after(0, leg, "up")
                self.lab.asterisk.pass_time(self.lab.asterisk.now)
            if hangs_up:
                self.lab.asterisk.hang_up(call.customer or "")
        self.lab.pump()

    @rule(user=st.sampled_from(USERS), park=st.booleans(), destination=st.sampled_from(TARGETS))
    def somebody_consults(self, user: str, park: bool, destination: tuple[str, str]) -> None:
        kind = Kind.PARK_CUSTOMER_DIAL if park else Kind.DIAL_WITH_CUSTOMER
        self.lab.ask(kind, agent=user, ingroup=destination[0] or "SUPPORTLINE", to_agent=destination[1])

    @rule(user=st.sampled_from(USERS), seconds=st.sampled_from([0.0, 3.0, 10.0]))
    def somebody_takes_a_code_back(self, user: str, seconds: float) -> None:
        self.lab.ask(Kind.STATUS, agent=user, status="A", undo=True, amends=True)
        self.lab.wait(seconds)
        self.lab.ask(Kind.UNDO_DISPOSITION, agent=user)

    def rare(self) -> bool:
        self.serial += 1
        return self.serial % 5 == 0

    @rule(
        user=st.sampled_from(USERS),
        state=st.sampled_from([State.DIALING, State.THREE_WAY, State.HANDED_OFF]),
    )
    def a_transfer_goes_on(self, user: str, state: State) -> None:
        """Give a direct step; without it, few runs come this far."""
        self.lab.ask(Kind.STATUS, agent=user, status="A")
        self.lab.ask(Kind.RESUME, agent=user)
        self.lab.ask(Kind.DIAL_WITH_CUSTOMER, agent=user, number="8501" if state is State.DIALING else "8500")
        self.lab.wait(0.05)
        if state is State.HANDED_OFF:
            self.lab.ask(Kind.LEAVE_3WAY_CALL, agent=user)

    @rule(
        user=st.sampled_from(USERS),
        other_user=st.sampled_from(USERS),
        first_kind=st.sampled_from(CALL_COMMANDS),
        second_kind=st.sampled_from(KINDS),
    )
    def two_ask_at_once(self, user: str, other_user: str, first_kind: Kind, second_kind: Kind) -> None:
        """Give a second command before any event of the first one."""
        with self.silence():
            self.lab.ask(first_kind, agent=user, number="8500", status="A")
            self.lab.ask(second_kind, agent=other_user, number="5551234", status="B")
        self.lab.pump()

    @rule(
        user=st.sampled_from(USERS), kind=st.sampled_from(CALL_COMMANDS), data=st.data(), hangs_up_first=st.booleans()
    )
    def somebody_hangs_up_meanwhile(self, user: str, kind: Kind, data: st.DataObject, hangs_up_first: bool) -> None:
        """Let a command and a hang-up cross: one goes out while the other comes in."""
        channel = data.draw(st.sampled_from([*sorted(self.lab.asterisk.channels), "nobody"]))
        with self.silence():
            if hangs_up_first:
                self.lab.asterisk.hang_up(channel)
            self.lab.ask(kind, agent=user, number="8500", status="A")
            if not hangs_up_first:
                self.lab.asterisk.hang_up(channel)
        self.lab.pump()

    @contextmanager
    def silence(self) -> Iterator[None]:
        """Perform actions without receiving their events yet."""
        heard, self.lab.pump = self.lab.pump, lambda: None  # type: ignore[method-assign] # events are held back
        yield
        self.lab.pump = heard  # type: ignore[method-assign] # no longer

    @rule(seconds=st.sampled_from([0.05, 0.6, 3.0, 25.0, 400.0]))
    def time_passes(self, seconds: float) -> None:
        self.lab.wait(seconds)

    @rule(events=st.data(), fate_name=st.sampled_from(["lost", "doubled", "late"]))
    def events_go_astray(self, events: st.DataObject, fate_name: str) -> None:
        """Let a party hang up or arrive, and disturb Asterisk's events about it."""
        self.serial += 1
        self.lab.asterisk.come_in(f"customer-{self.serial}", "ingroup", "SALESLINE")
        if channels := sorted(self.lab.asterisk.channels):
            self.lab.asterisk.hang_up(events.draw(st.sampled_from(channels)))
        sent_events, self.lab.asterisk.out = self.lab.asterisk.out, []
        if fate_name == "lost":
            sent_events = []
        elif fate_name == "doubled":
            sent_events = [event for event in sent_events for _ in range(2)]
        else:
            sent_events = sent_events[1:] + sent_events[:1]
        self.lab.asterisk.out = sent_events
        self.lab.pump()
        self.reconnect()

    @rule(kind=st.sampled_from(CALL_COMMANDS), user=st.sampled_from(USERS), performed_limit=st.integers(0, 3))
    def the_app_dies_between_record_and_perform(self, kind: Kind, user: str, performed_limit: int) -> None:
        """Perform only the first actions of a turn, without events; then the app restarts."""
        real_perform, performed = self.lab.perform, 0

        def perform(action: do.Action) -> None:
            nonlocal performed
            performed += 1
            if performed <= performed_limit:
                real_perform(action)

        self.lab.perform = perform  # type: ignore[method-assign] # dies after this many
        with self.silence():
            self.lab.ask(kind, agent=user, number="5551234", status="A")
        self.lab.perform = real_perform  # type: ignore[method-assign] # runs again
        self.restart()

    @rule(in_order=st.booleans())
    def another_asterisk_answers(self, in_order: bool) -> None:
        """Replace Asterisk, which was killed or stopped: its state is lost."""
        if self.rare():
            (asterisk_is_stopped if in_order else asterisk_dies)(self.lab)
            comes_back(self.lab)
            assert not self.lab.world.calls and not self.lab.world.receipts and not self.lab.world.recordings

    @rule()
    def restart(self) -> None:
        self.lab.asterisk.out.clear()
        rules = self.lab.world.rules
        self.lab.world = restore(list(self.lab.world.iterate_open_records()))
        self.lab.inputs.clear()
        self.faulty = True
        self.lab.feed(ev.ConfigurationChanged(rules))
        self.reconnect()

    def reconnect(self) -> None:
        for event in difference(self.lab.asterisk, self.lab.world):
            self.lab.feed(event)

    @invariant()
    def legs_are_in_one_place(self) -> None:
        for leg in self.lab.world.legs.values():
            channel = self.lab.asterisk.channels.get(leg.id)
            if channel is not None and leg.target_bridge is None and leg.wait_until <= self.lab.asterisk.now:
                assert leg.bridge == channel.bridge, leg

    @invariant()
    def nobody_is_left_in_silence(self) -> None:
        """Check that an idle agent gets silence, and a customer hears a party or music, or is being moved."""
        for session in self.lab.world.sessions.values():
            leg = self.lab.world.legs.get(session.leg or "")
            if leg and leg.is_idle:
                assert self.lab.asterisk.channels[leg.id].silent or leg.wait_until > self.lab.asterisk.now
            if leg and leg.bridge:
                assert not self.lab.asterisk.channels[leg.id].silent, "the party would hear no other party"

    @invariant()
    def agents_are_in_the_state_of_their_call(self) -> None:
        for session in self.lab.world.sessions.values():
            if session.call:
                call = self.lab.world.calls[session.call]
                assert session.agent in (call.agent, call.consultation.closer, *call.queueing.rung)
                if session.agent in call.queueing.rung:
                    assert session.state is AgentState.QUEUE and session.on_hook
                elif call.agent == session.agent:
                    assert session.state is LAYOUT[call.state].agent_state
                else:
                    assert session.state in (AgentState.QUEUE, AgentState.INCALL)
            else:
                assert session.state in (AgentState.READY, AgentState.PAUSED, AgentState.DISPO)

    @invariant()
    def an_agent_belongs_to_one_call(self) -> None:
        """Check that a session's agent or closer matches the call, and a closer's phone is its third party."""
        calls = self.lab.world.calls.values()
        busy_users = [
            user for call in calls for user in (call.agent, call.consultation.closer, *call.queueing.rung) if user
        ]
        assert len(busy_users) == len(set(busy_users))
        for call in calls:
            if call.consultation.closer and call.state is not State.ENDED:
                assert call.third == self.lab.world.sessions[call.consultation.closer].leg

    @invariant()
    def nobody_is_alone(self) -> None:
        """Check that each state has its parties."""
        for call in self.lab.world.calls.values():
            want = LAYOUT[call.state]
            to_be_dialled = call.state is State.DIALING_OUT  # once its agent listens
            assert call.customer or want.customer is None or to_be_dialled, call
            assert call.agent or want.agent is None, call
            if call.state in (
                State.THREE_WAY,
                State.CONSULTING,
                State.CUSTOMER_GONE,
                State.HANDED_OFF,
                State.BLIND,
            ):
                assert call.third, call
            if call.state is State.DIALING:
                assert call.third or call.consultation.asked_group, call

    @invariant()
    def everybody_is_where_the_state_wants_him(self) -> None:
        """Check, when nothing is pending, that a parked party hears music, and a waiting one that of its in-group."""
        for call in self.lab.world.calls.values():
            if call.commands.target is not None or call.state is State.ENDED:
                continue
            want = get_layout(call, call.state)
            for leg_id, leg_bridge, is_third in ((call.customer, want.customer, False), (call.third, want.third, True)):
                leg = self.lab.world.legs.get(leg_id or "")
                channel = self.lab.asterisk.channels.get(leg_id or "")
                if leg is None or channel is None or leg_bridge is None or leg.wait_until > self.lab.asterisk.now:
                    continue
                if leg.phase is Phase.ARRIVED or (leg.role is Role.AGENT and (leg.phase < Phase.UP or leg.accept)):
                    continue
                assert channel.bridge == get_bridge_id(call, leg_bridge, is_third=is_third), (call, leg)
                assert not (channel.deaf and leg.phase is Phase.UP), (call, leg)
                if leg_bridge is LegBridge.HOLDING and (is_third or not call.ivr):
                    assert self.lab.asterisk.hears_music(channel.id) or channel.held, (call, leg)
                if call.state is State.WAITING:
                    music = self.lab.world.rules.ingroup(call.ingroup).moh_context
                    assert self.lab.asterisk.bridges[call.holding_bridge_id] == music, call

    @invariant()
    def microphones_are_as_their_agents_want_them(self) -> None:
        """Check that a microphone is off only in a call, and only if its agent asked for that or its line is held."""
        for session in self.lab.world.sessions.values():
            leg = self.lab.world.legs.get(session.leg or "")
            channel = self.lab.asterisk.channels.get(session.leg or "")
            if leg and channel and leg.phase is Phase.UP and leg.wait_until <= self.lab.asterisk.now:
                assert channel.muted is session.muted or (leg.held and channel.muted), (session, leg)
            assert session.call or not session.muted, session

    @invariant()
    def phones_on_hold_beside_several_others_are_muted(self) -> None:
        for call in self.lab.world.calls.values():
            members = self.lab.world.bridge_members.in_bridge(call.mixing_bridge_id)
            for leg_id in (call.customer, call.third):
                leg = self.lab.world.legs.get(leg_id or "")
                channel = self.lab.asterisk.channels.get(leg_id or "")
                if leg and channel and leg.phase is Phase.UP and leg.wait_until <= self.lab.asterisk.now:
                    assert leg.held or not channel.muted, (call, leg)
                    assert channel.muted or not (leg.held and leg_id in members and len(members) > 2), (call, leg)

    @invariant()
    def nobody_hears_a_tone_or_music_that_is_over(self) -> None:
        calls = self.lab.world.calls.values()
        assert set(self.lab.asterisk.room_music) <= {call.mixing_bridge_id for call in calls if call.audio.music}
        assert set(self.lab.asterisk.tones) <= {call.audio.tone for call in calls if call.audio.tone}

    @invariant()
    def who_is_with_nobody_but_holders_hears_music_and_nobody_else_does(self) -> None:
        """Check that hold music plays only in a bridge."""
        channels = self.lab.asterisk.channels
        for call in self.lab.world.calls.values():
            legs = map(self.lab.world.legs.__getitem__, self.lab.world.bridge_members.in_bridge(call.mixing_bridge_id))
            members = [leg for leg in legs if leg.id in channels and channels[leg.id].bridge == call.mixing_bridge_id]
            if call.commands.target is not None or any(
                leg.wait_until > self.lab.asterisk.now or leg.hangup_requested for leg in members
            ):
                continue
            for leg in members:
                peer_channels = [channels[peer.id] for peer in members if peer is not leg]
                if channels[leg.id].music:
                    assert peer_channels and not any(channel.up and not channel.held for channel in peer_channels), (
                        call,
                        leg,
                    )
                elif channels[leg.id].up and not call.audio.playing and peer_channels:
                    assert not all(channel.up and channel.held for channel in peer_channels), (call, leg)
        for leg in self.lab.world.legs.values():
            if (
                leg.id in channels
                and leg.bridge is None
                and leg.target_bridge is None
                and leg.wait_until <= self.lab.asterisk.now
            ):
                assert not channels[leg.id].music, leg

    @invariant()
    def only_who_waits_hears_prompts_and_offers(self) -> None:
        for call in self.lab.world.calls.values():
            channel = self.lab.asterisk.channels.get(call.customer or "")
            if call.state is not State.WAITING:
                assert (call.prompts.welcoming, call.prompts.prompt_at, call.prompts.offer) == (False, None, ""), call
            if call.state not in (State.WAITING, State.MESSAGE):
                assert (call.prompts.saying, call.prompts.playing) == ((), ""), call
                assert channel is None or not channel.playing or channel.whispers_to, call
            assert not call.prompts.playing or channel is None or channel.playing == call.prompts.playing, call

    @invariant()
    def no_caller_waits_while_an_agent_of_his_is_free(self) -> None:
        """Check that READY agents get the calls that they may take, except for the rest of `retry_seconds`.

        A call whose phone was not answered or could not be reached rests before phones ring for it again. `retry` of
        Queue() does the same. The default is no rest. As many READY agents as calls rest are kept free for them.
        """
        free_sessions = [
            session
            for session in self.lab.world.sessions.values()
            if session.state is AgentState.READY
            and not session.phone_loss.away_since
            and (session.leg is None if session.on_hook else session.leg and _takes_calls(self.lab, session.leg))
        ]
        resting_calls = Counter(self._line(call) for call in self.lab.world.calls.values() if self._rests(call))
        for call in self.lab.world.calls.values():
            if call.state is State.WAITING and not call.prompts.welcoming:
                ingroup, agent = self._line(call)
                may_take_it = [
                    session
                    for session in free_sessions
                    if (session.agent == agent if agent else ingroup in session.ingroups)
                ]
                assert self._rests(call) or len(may_take_it) <= resting_calls[ingroup, agent], call
                assert not call.queueing.preferred or self._may_come(call), call
            assert not call.queueing.rung or call.state in (State.RINGING_AGENT, State.DIALING), call

    def _line(self, call: Call) -> tuple[str, str]:
        """Return the in-group in which the call or its request for a closer waits, and the agent whom it names."""
        if asked_group := call.consultation.asked_group:
            return asked_group, call.consultation.asked_agent or call.queueing.preferred
        return call.ingroup, call.direct or call.queueing.preferred

    def _rests(self, call: Call) -> bool:
        """Return whether the call rests, which only `retry_seconds` of its in-group lets it do, and no longer."""
        rest_until = call.queueing.rest_until
        waits = call.state is State.WAITING or (call.state is State.DIALING and not call.consultation.closer)
        if rest_until is None or not waits or rest_until <= self.lab.asterisk.now - DELAY_US:
            return False
        seconds = self.lab.world.rules.ingroup(self._line(call)[0]).retry_seconds
        assert rest_until <= self.lab.asterisk.now + seconds * SECOND, call
        return True

    def _may_come(self, call: Call) -> bool:
        """Return whether the call may still wait for the agent whom it prefers."""
        session = self.lab.world.sessions[call.queueing.preferred]
        in_time = (call.queueing.prefer_until or 0) > self.lab.asterisk.now - DELAY_US
        return in_time and session.state is not AgentState.PAUSED and call.ingroup in session.ingroups

    @invariant()
    def a_wait_is_open_for_whoever_waits_and_nobody_else(self) -> None:
        waiting = (State.WAITING, State.RINGING_AGENT)
        for call in self.lab.world.calls.values():
            assert (call.queueing.wait is not None) == (
                call.state in waiting or bool(call.consultation.asked_group and call.queueing.wait)
            ), call
            assert call.queueing.drop_at is not None or call.state is not State.WAITING, "for ever"
        open_waits = {call.queueing.wait for call in self.lab.world.calls.values() if call.queueing.wait}
        assert set(self.lab.world.waits) == open_waits

    @invariant()
    def no_rescue_lasts_longer_than_it_may(self) -> None:
        """Check that a lost phone rings, or is retried in time."""
        for call in self.lab.world.calls.values():
            if call.state is State.RESCUE and call.commands.target is None:
                session = self.lab.session(call.agent or "")
                assert session.leg or session.phone_loss.rescue_until > self.lab.asterisk.now - DELAY_US, (
                    call,
                    session,
                )

    @invariant()
    def nobody_logs_in_for_ever(self) -> None:
        """Check that each phone that logs in again replaces the old leg, or is hung up."""
        returning = [leg for leg in self.lab.world.legs.values() if leg.role is Role.RETURNING]
        assert not [
            leg for leg in returning if leg.created < self.lab.asterisk.now - DELAY_US and not leg.hangup_requested
        ]

    @invariant()
    def limits_count_the_calls_there_are(self) -> None:
        recount = CallCounts()
        for call in self.lab.world.calls.values():
            recount.change(None, call)
        for ingroup in self.lab.world.rules.ingroups:
            assert self.lab.world.call_counts.count_others(ingroup, None) == recount.count_others(ingroup, None)
        for campaign in self.lab.world.rules.campaigns:
            assert self.lab.world.call_counts.count_dialled(campaign) == recount.count_dialled(campaign)

    @invariant()
    def the_staff_are_those_who_are_logged_in(self) -> None:
        staff, sessions = self.lab.world.session_index, self.lab.world.sessions.values()
        for ingroup in self.lab.world.rules.ingroups:
            assert staff.count_serving(ingroup) == Counter(
                serves_as(session) for session in sessions if ingroup in session.ingroups
            )
        for phone in {agent.phone for agent in self.lab.world.rules.agents.values()}:
            assert set(staff.list_phone_agents(phone)) == {
                session.agent for session in sessions if session.phone == phone
            }
        conf_extens = {session.conf_exten for session in sessions}
        assert staff.find_free_conf_exten() not in conf_extens and len(conf_extens) == len(sessions)

    @invariant()
    def closed_calls_own_nothing(self) -> None:
        ended_well(self.lab)

    @invariant()
    def every_open_command_belongs_to_something_that_lives(self) -> None:
        elsewhere = [session.login for session in self.lab.world.sessions.values()]
        elsewhere += [receipt for file in self.lab.world.recordings.values() for receipt in file.mute_receipts]
        elsewhere += [leg.supervision.receipt for leg in self.lab.world.legs.values()]
        elsewhere += [receipt.id for receipt in self.lab.world.receipts.values() if self._waits_for_a_page(receipt)]
        for receipt in self.lab.world.receipts.values():
            if receipt.id in elsewhere:
                continue
            call = self.lab.world.calls[receipt.call]
            assert receipt.id in (call.commands.pending, call.commands.dialling, *call.commands.queue)

    def _waits_for_a_page(self, receipt: Receipt) -> bool:
        is_late = receipt.requested + supervisor_page.OFFER_TIMEOUT_US <= self.lab.asterisk.now - DELAY_US
        return supervisor_page.is_waiting(self.lab.world, receipt) and not is_late

    @invariant()
    def every_moment_of_a_session_is_in_one_interval(self) -> None:
        seconds_add_up(self.lab)

    @invariant()
    def no_state_lasts_longer_than_it_may(self) -> None:
        for session in self.lab.world.sessions.values():
            state_end_us = find_state_end_us(session, self.lab.world.rules)
            assert state_end_us is None or state_end_us > self.lab.asterisk.now - DELAY_US, session

    @invariant()
    def the_journal_gives_the_same_state(self) -> None:
        if self.faulty:
            return
        for core_input, now_us, base in self.lab.inputs[self.replayed :]:
            handle(self.again, core_input, now_us, base)
        self.replayed = len(self.lab.inputs)
        assert list(self.again.iterate_open_records()) == list(self.lab.world.iterate_open_records())

    def teardown(self) -> None:
        if not hasattr(self, "lab"):
            return
        for channel in sorted(self.lab.asterisk.channels):
            self.lab.hang_up(channel)
        self.lab.wait(60)
        assert not self.lab.world.calls
        assert not self.lab.world.receipts
        assert not self.lab.world.recordings
        assert not self.lab.asterisk.bridges


TestFloor = Floor.TestCase
TestFloor.settings = settings(max_examples=examples(8, by_night=60), stateful_step_count=30)
