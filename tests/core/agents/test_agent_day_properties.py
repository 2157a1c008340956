"""Any day of an agent: the times add up, every state has an exit, and no disposition is lost."""

from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.core.core_stage import BUSY, QUICK, SILENT, SLOW, restarted
from tests.soak import examples
from tools.simulation.asterisk.core_driver import Driver, demo_rules
from warmline.core.messages.commands import Kind
from warmline.core.model.call_states import AgentState
from warmline.core.model.disposition_entry import DispositionEntry
from warmline.core.model.session import AgentInterval, Session

USERS = ("1000", "1001")
ORDERS = (
    Kind.PARK_CUSTOMER,
    Kind.GRAB_CUSTOMER,
    Kind.DIAL_WITH_CUSTOMER,
    Kind.PARK_CUSTOMER_DIAL,
    Kind.LEAVE_3WAY_CALL,
    Kind.BLIND_TRANSFER,
    Kind.HANGUP,
    Kind.HANGUP_CUSTOMER,
    Kind.RESUME,
    Kind.CALL_AGENT,
    Kind.LOGIN,
)
BY = "6666"  # the sender of dispositions, in the driver's name
LONGEST_TIME_OPTION_SECONDS = 60.0  # seconds; longer than any time option here


class Day(RuleBasedStateMachine):
    """`given` are the dispositions that an agent has sent for a call and that were accepted, in order.

    One that is sent while the phone rings is dropped with a missed call; `while_ringing` has the calls of such agents.
    """

    lab: Driver

    @initialize(
        options=st.fixed_dictionaries(
            {
                "wrapup_seconds": st.sampled_from([0, 5]),
                "dispo_max": st.sampled_from([0, 10]),
                "dead_max": st.sampled_from([0, 10]),
                "pause_max": st.sampled_from([0, 50]),
                "transfer_no_dispo": st.sampled_from(["DISABLED", "LOCAL_AND_EXTERNAL_AND_LEAVE3WAY"]),
                "login_state": st.sampled_from(["READY", "PAUSED"]),
            }
        ),
        modes=st.sampled_from([("nailed_up", "nailed_up"), ("nailed_up", "on_hook")]),
    )
    def begins(self, options: dict[str, Any], modes: tuple[str, ...]) -> None:
        self.lab = Driver(demo_rules(**options))
        self.given: dict[tuple[str, str], list[str]] = {}
        self.while_ringing: set[tuple[str, str]] = set()
        self.serial = 0
        for user, mode in zip(USERS, modes, strict=True):
            self.lab.configure("agents", user, phone_mode=mode)
            self.lab.log_in(user)
            self.lab.ask(Kind.RESUME, user)
        self.lab.customer()

    def next(self) -> int:
        self.serial += 1
        return self.serial

    @rule()
    def customer_comes(self) -> None:
        self.lab.customer(name=f"customer-{self.next()}")

    @rule(user=st.sampled_from(USERS), number=st.sampled_from([QUICK, SLOW, SILENT, BUSY]))
    def dials(self, user: str, number: str) -> None:
        self.lab.ask(Kind.DIAL, user, number=number)

    @rule(user=st.sampled_from(USERS), kind=st.sampled_from(ORDERS))
    def orders(self, user: str, kind: Kind) -> None:
        self.lab.ask(kind, user, number=QUICK)

    @rule(user=st.sampled_from(USERS), code=st.sampled_from(["", "LUNCH", "TRAIN"]))
    def pauses(self, user: str, code: str) -> None:
        self.lab.ask(Kind.PAUSE, user, pause_code=code)

    @rule(user=st.sampled_from(USERS))
    def hands_over(self, user: str) -> None:
        self.lab.ask(Kind.LOCAL_CLOSER, user, ingroup="SUPPORTLINE")

    @rule(user=st.sampled_from(USERS))
    def logs_out(self, user: str) -> None:
        self.lab.ask(Kind.LOGOUT, user)

    @rule(user=st.sampled_from(USERS))
    def phone_dials_in(self, user: str) -> None:
        self.lab.asterisk.come_in(f"phone-{user}-{self.next()}", "login", user)
        self.lab.pump()

    @rule(answers=st.booleans())
    def phone_on_the_hook_will_be(self, answers: bool) -> None:
        """Let the phone answer calls from now on, or not."""
        self.lab.asterisk.far_ends[USERS[1]] = [(0.1, "ringing"), (1.0, "up")][: 1 + answers]

    @rule(user=st.sampled_from(USERS), undo=st.booleans())
    def gives_a_code(self, user: str, undo: bool) -> None:
        session = self.lab.world.sessions.get(user)
        code = f"C{self.next()}"
        if self.lab.ask(Kind.STATUS, user, status=code, undo=undo, amends=undo) == "" and session:
            pair = session.call or session.last.call, user
            self.given.setdefault(pair, []).append(code)
            if session.state is AgentState.QUEUE:
                self.while_ringing.add(pair)
            else:
                self.while_ringing.discard(pair)

    @rule(user=st.sampled_from(USERS), late=st.sampled_from([0.0, 3.0, 9.9, 10.0]))
    def takes_a_code_back(self, user: str, late: float) -> None:
        """Undo the code of wrap-up, so late after it."""
        self.gives_a_code(user, undo=True)
        self.lab.wait(late)
        session = self.lab.world.sessions.get(user)
        if self.lab.ask(Kind.UNDO_DISPOSITION, user) == "" and session:
            assert late < 10 and self.lab.session(user).state is AgentState.DISPO
            undone = {record.status for record in self.all(DispositionEntry) if record.undone}
            call = session.last.call, user
            if not (remaining_codes := [code for code in self.given[call] if code not in undone]):
                del self.given[call]
            else:
                self.given[call] = remaining_codes

    @precondition(lambda self: self.lab.asterisk.channels)
    @rule(data=st.data(), cause=st.sampled_from([16, 44]))
    def somebody_hangs_up(self, data: st.DataObject, cause: int) -> None:
        self.lab.hang_up(data.draw(st.sampled_from(sorted(self.lab.asterisk.channels))), cause)

    @rule(seconds=st.sampled_from([0.5, 3.0, 12.0, LONGEST_TIME_OPTION_SECONDS]))
    def time_passes(self, seconds: float) -> None:
        self.lab.wait(seconds)

    @rule()
    def the_app_is_restarted(self) -> None:
        self.lab = restarted(self.lab)

    @invariant()
    def his_time_adds_up(self) -> None:
        """Check that the intervals have no gaps from the session's start to its end or to now; at most one is open."""
        now_us = self.lab.asterisk.now
        for session in self.sessions():
            own_intervals = [record for record in self.intervals() if record.session == session.id]
            assert [record.started for record in own_intervals] == [
                session.started,
                *(record.ended for record in own_intervals[:-1]),
            ], own_intervals
            assert own_intervals[-1].ended == session.ended
            lengths = [(now_us if record.ended is None else record.ended) - record.started for record in own_intervals]
            assert sum(lengths) == (now_us if session.ended is None else session.ended) - session.started
            assert min(lengths) >= 0

    @invariant()
    def no_disposition_is_lost(self) -> None:
        """Check that each agent who left wrap-up gave a disposition, and that the last accepted one is stored."""
        entries_of_all = self.all(DispositionEntry)
        entries = [record for record in entries_of_all if not record.undone]
        for record in entries:
            assert record.by != BY or record.status in self.given[record.call, record.agent], record
        pairs_with_code = {(record.call, record.agent) for record in entries_of_all}
        status_by_pair = {
            (record.call, record.agent): record.status for record in entries if record.by == BY
        }  # a call can return to the agent
        ended_pairs = {
            (record.call, record.agent)
            for record in self.intervals()
            if record.state is AgentState.DISPO and record.ended
        }
        assert ended_pairs <= pairs_with_code
        requested_status = {
            (record.call, record.agent): record.after_call.status
            for record in self.lab.world.sessions.values()
            if record.call
        }
        for call, user in (self.given.keys() - self.while_ringing) & (pairs_with_code | requested_status.keys()):
            assert self.given[call, user][-1] in (
                status_by_pair.get((call, user)),
                requested_status.get((call, user)),
            ), (call, user)

    def teardown(self) -> None:
        """Check the end from any state: all hang up, the agent gives a code, is READY or PAUSED, and logs out."""
        if not hasattr(self, "lab"):
            return
        for channel in sorted(self.lab.asterisk.channels):
            self.lab.hang_up(channel)
        self.lab.wait(LONGEST_TIME_OPTION_SECONDS)
        for user in sorted(self.lab.world.sessions):
            self.gives_a_code(user, undo=True)
            self.lab.wait(LONGEST_TIME_OPTION_SECONDS)
            if session := self.lab.world.sessions.get(user):
                assert session.state in (AgentState.READY, AgentState.PAUSED), session
                assert self.lab.ask(Kind.LOGOUT, user) == ""
        assert not self.lab.world.sessions and not self.lab.world.intervals
        assert all(record.undone or not record.undo_until for record in self.all(DispositionEntry))
        self.his_time_adds_up()

    def sessions(self) -> list[Session]:
        return [*self.all(Session), *self.lab.world.sessions.values()]

    def intervals(self) -> list[AgentInterval]:
        intervals = [*self.all(AgentInterval), *self.lab.world.intervals.values()]
        return sorted(intervals, key=lambda record: (record.started, record.id))

    def all(self, kind: type[Any]) -> list[Any]:
        """Return all closed records of a kind, in the order in which they were closed."""
        return [record for record in self.lab.closed.values() if isinstance(record, kind)]


TestDay = Day.TestCase
TestDay.settings = settings(max_examples=examples(8, by_night=60), stateful_step_count=30)
