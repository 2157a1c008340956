"""The core connected to the simulated Asterisk, in the smallest possible loop, for pure tests."""

from collections import deque
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from tools.simulation.asterisk.simulated_asterisk import SECOND, SimulatedAsterisk
from tools.simulation.asterisk.simulated_snapshot import difference
from warmline.core.commands.key_press_privacy import PrivateKeys
from warmline.core.engine.engine import Input, handle
from warmline.core.messages import actions as do
from warmline.core.messages import events as ev
from warmline.core.messages.command_classes import COMMAND_CLASSES, to_current_fields
from warmline.core.messages.commands import Ask, CommandFields, Kind
from warmline.core.messages.dial_facts_messages import CHOOSE_LEAD, CHOOSE_OWN_CALLBACK, DialFacts, FindDialFacts
from warmline.core.messages.dialler_messages import DialLead
from warmline.core.model import ids
from warmline.core.model.call import Call
from warmline.core.model.receipt import Receipt
from warmline.core.model.session import Session
from warmline.core.rules.configuration import Agent, Campaign, Ingroup, Rules
from warmline.core.rules.reasons import NO_NEXT_LEAD
from warmline.core.world.turn import Turn
from warmline.core.world.turn_scope import make_event_filter
from warmline.core.world.world import OpenRecord, World

FAR_ENDS: dict[str, list[tuple[float, str | int]]] = {
    "8500": [(0.0, "up")],
    "8501": [(0.1, "ringing")],
    "8502": [(0.1, 17)],
    "8503": [(0.1, "ringing"), (0.2, "progress"), (4.2, "up")],
    "5551234": [(0.1, "ringing"), (2.0, "up")],
    "5550603": [(0.1, "ringing"), (0.5, 21)],
    "ivr": [(0.0, "up"), (10.0, 16)],
    "1000": [(0.1, "ringing"), (1.0, "up")],
    "1001": [(0.1, "ringing"), (1.0, "up")],
    "1002": [(0.1, "ringing"), (1.0, "up")],
}


def demo_rules(ingroup: dict[str, Any] | None = None, **campaign: Any) -> Rules:
    """Return rules with agents 1000 and 1001 (nailed_up) and 1002 (on_hook), the demo's in-groups, and one campaign.

    The campaign has these options.
    """
    options: dict[str, Any] = {"login_state": "READY", "dial_timeout": 20} | campaign
    served = ("SALESLINE", "SUPPORTLINE")
    agents = [Agent(id=user, phone=user, campaign="TESTCAMP", ingroups=served) for user in ("1000", "1001")]
    agents.append(Agent(id="1002", phone="1002", campaign="TESTCAMP", ingroups=served, phone_mode="on_hook"))
    ingroups = [
        Ingroup(id="SALESLINE", **(ingroup or {})),
        Ingroup(id="SUPPORTLINE"),
        Ingroup(id="CLOSEDLINE", active="N"),
        Ingroup(id="AGENTDIRECT", queue_priority=99),
    ]
    return Rules(
        campaigns={"TESTCAMP": Campaign(id="TESTCAMP", **options)},
        ingroups={group.id: group for group in ingroups},
        agents={agent.id: agent for agent in agents},
        containers={"PARTNERS": ("8500", "(555) 123-4567")},
    )


def command(kind: Kind, agent: str, call: str = "", **arguments: Any) -> CommandFields:
    """Return the command of that kind; arguments may have the names of a receipt's columns.

    Arguments that only other commands have are left out. Raises TypeError if no command has an argument.
    """
    if unknown := [
        name
        for name in arguments
        if not any(to_current_fields(shape, {name: ""}) for shape in COMMAND_CLASSES.values())
    ]:
        raise TypeError(f"no command has {', '.join(unknown)}")
    shape = COMMAND_CLASSES[kind]
    return shape(agent, call, **to_current_fields(shape, arguments))


class Driver:
    """Feeds events and commands to the core, and performs its actions, until both are quiet."""

    def __init__(self, rules: Rules | None = None) -> None:
        self.asterisk = SimulatedAsterisk(far_ends=dict(FAR_ENDS))
        self.world = World()
        self.inputs: list[tuple[Input, int, str]] = []
        self.told: dict[str, str] = {}
        self.closed: dict[str, OpenRecord] = {}
        self.asked: list[do.Action] = []
        self.do_not_call: dict[str, str] = {}  # number -> the list that contains it
        self.answers: deque[ev.DialFactsFound] = deque()  # of the database, which answers without waiting for Asterisk
        self.next_leads: deque[DialLead] = deque()  # those that the hopper chooses
        self.shown_leads: dict[str, DialLead] = {}  # those that it has chosen, by number
        self.private = PrivateKeys()
        self._ids = 0
        self.feed(ev.ConfigurationChanged(rules or demo_rules()))
        self.feed(ev.AsteriskConnected(self.asterisk.started))

    # -- the loop --

    def feed(self, entry: Input) -> Turn:
        """Feed one input, the inputs that follow from it, and all events of Asterisk after that."""
        turn = self._turn(entry)
        self.pump()
        return turn

    def feed_together(self, entries: Iterable[Input]) -> None:
        """Feed simultaneous inputs: all are handled before any action is performed, as in the app's loop."""
        for turn in [self._handle(entry) for entry in entries]:
            self._perform_all(turn)
        self._hand_over_answers()
        self.pump()

    def _turn(self, entry: Input) -> Turn:
        turn = self._handle(entry)
        self._perform_all(turn)
        self._hand_over_answers()
        return turn

    def _hand_over_answers(self) -> None:
        """Feed the database's answers, which come at once."""
        while self.answers:
            self._turn(self.answers.popleft())

    def _handle(self, entry: Input) -> Turn:
        self.asterisk.now += 1
        base = self._base()
        if isinstance(entry, ev.DtmfReceived):
            entry = self.private.hide_key(self.world, entry, base)
        self.inputs.append((entry, self.asterisk.now, base))
        turn = handle(self.world, entry, self.asterisk.now, base)
        self._taken(entry, turn, base)
        return turn

    def _taken(self, entry: Input, turn: Turn, base: str) -> None:
        self.record(entry, turn, base)
        for entity, is_open in turn.changes:
            if not is_open:
                # A callback that a program makes has the id of its receipt.
                shared = isinstance(self.closed.get(entity.id), Receipt) and not isinstance(entity, Receipt)
                self.closed[f"beside {entity.id}" if shared else entity.id] = entity

    def _perform_all(self, turn: Turn) -> None:
        for lane, action in turn.actions:
            self.asked.append(action)
            self._begin(lane, action)

    def _begin(self, lane: str, action: do.Action) -> None:
        if isinstance(action, do.Reply):
            self.told[action.receipt] = action.why
        self.perform(action)

    def record(self, entry: Input, turn: Turn, base: str) -> None:
        """Do nothing; a subclass writes the journal here."""

    def perform(self, action: do.Action) -> None:
        """Perform an action; a subclass injects faults here."""
        if isinstance(action, FindDialFacts):
            self.answers.append(ev.DialFactsFound(action.check, action.agent, self.facts(action)))
        elif isinstance(action, do.ReconcileCalls):
            self._reconcile(action)
        elif isinstance(action, do.SendDtmf) and (key := self.private.take(action.receipt)):
            self.asterisk.perform(replace(action, keys=key))
        else:
            self.asterisk.perform(action)

    def facts(self, asked: FindDialFacts) -> DialFacts:
        """Return the database's facts about a number."""
        if asked.leads in (CHOOSE_LEAD, CHOOSE_OWN_CALLBACK):
            lead = self.next_leads.popleft() if self.next_leads else None
            if lead:
                self.shown_leads[lead.number] = lead
            return DialFacts(lead=lead, problem="" if lead else NO_NEXT_LEAD.text(campaign=asked.campaign))
        lead = self.shown_leads.get(asked.number) if asked.leads else None
        return DialFacts(self.do_not_call.get(asked.number, ""), lead=lead)

    def _reconcile(self, asked: do.ReconcileCalls) -> None:
        """Feed each difference of these calls and legs, then `Reconciled`, as the app does."""
        missed = filter(make_event_filter(self.world, asked.calls, asked.legs), difference(self.asterisk, self.world))
        self.asterisk.out += [*missed, ev.CallsReconciled(asked.calls, asked.legs)]

    def pump(self) -> None:
        """Feed events until there are none."""
        while self.asterisk.out:
            pending, self.asterisk.out = deque(self.asterisk.out), []
            while pending:
                self._turn(pending.popleft())

    def _base(self) -> str:
        self._ids += 1
        return ids.encode(self.asterisk.now // 1000 << 80 | self._ids << 32)

    def wait(self, seconds: float) -> None:
        """Let time pass, with all events in it."""
        until = self.asterisk.now + int(seconds * SECOND)
        while True:
            alarm = self.world.get_next_timer_us()
            stop = min(until, alarm) if alarm is not None else until
            if self.asterisk.pass_time(stop):
                self.pump()
            elif alarm is not None and alarm <= until:
                self.feed(ev.TimerFired())
            else:
                return

    # -- shorthand for tests --

    def log_in(self, user: str) -> str:
        """Let an agent's phone dial in, hear the prompt and become idle; return its channel."""
        leg = f"phone-{user}"
        self.asterisk.come_in(leg, "login", user)
        self.pump()
        self.wait(1.5)
        return leg

    def customer(self, *args: str, name: str = "cust", **data: str) -> str:
        """Let a customer arrive with these Stasis arguments, and with this data from the dialplan."""
        self.asterisk.come_in(name, *(args or ("ingroup", "SALESLINE")), data=tuple(data.items()))
        self.pump()
        return name

    def ask(self, kind: Kind, agent: str = "1000", **arguments: Any) -> str | None:
        """Give a command; return "" if it is done, the reason if it is refused, or None if it is pending."""
        receipt = self._base()
        self.feed(Ask(receipt, command(kind, agent, **arguments), by="6666", source="test"))
        self.last_receipt = receipt
        return self.told.get(receipt)

    def configure(self, table: str, name: str, **options: Any) -> None:
        """Change options of one campaign, ingroup or agent (`table` in the plural) from now on."""
        records = getattr(self.world.rules, table)
        changed: dict[str, Any] = {table: {**records, name: replace(records[name], **options)}}
        self.feed(ev.ConfigurationChanged(replace(self.world.rules, **changed)))

    def call(self) -> Call:
        """Return the only call."""
        [call] = self.world.calls.values()
        return call

    def call_of(self, customer: str) -> Call:
        """Return the call of this customer."""
        return next(call for call in self.world.calls.values() if call.customer == customer)

    def session(self, user: str = "1000") -> Session:
        return self.world.sessions[user]

    def receipt(self, receipt: str = "") -> Receipt:
        """Return the last command's receipt, open or closed."""
        found = self.closed.get(receipt or self.last_receipt) or self.world.receipts[receipt or self.last_receipt]
        assert isinstance(found, Receipt)
        return found

    def hang_up(self, channel: str, cause: int = 16) -> None:
        """Let a party hang up."""
        self.asterisk.hang_up(channel, cause)
        self.pump()

    def third(self) -> str:
        """Return the third party's channel."""
        third = self.call().third
        assert third
        return third
