"""The only way to dial a number: `find_refusal` applies every rule against it, and only `dial` makes a leg to it.

A test (tests/tree/test_dial_gate.py) checks that nothing else in the core names a number's endpoint.
"""

from dataclasses import dataclass
from enum import Enum

from warmline.core.messages.agent_command_types import CustomerDial
from warmline.core.messages.command_shapes import NumberDial
from warmline.core.messages.dial_facts_messages import DialFacts
from warmline.core.model.call import Call
from warmline.core.model.dial_check import DialCheck
from warmline.core.model.leg import Leg, Role
from warmline.core.model.session import Session
from warmline.core.permission import dial_facts_queries, node_limit, outside_party_limit, trunk_limits
from warmline.core.rules import (
    activity,
    call_times,
    dial_rules,
    emergency_numbers,
    reasons,
    ring_time,
    third_variables,
)
from warmline.core.rules.configuration import Campaign, Rules
from warmline.core.world.campaign_and_ingroup import get_campaign
from warmline.core.world.originate import originate, originate_to_dialplan
from warmline.core.world.server_away import get_away_reason
from warmline.core.world.turn import Turn
from warmline.core.world.world import World


class DialEffect(Enum):
    """The effect of a dial on the limits. `NOTHING`: the dial has been counted, or is only checked."""

    PARTY = "party"
    LEAD = "lead"  # an automatic call, which leaves a part of the lines free
    LEG = "leg"  # replaces a party that has hung up
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class DialRequest:
    """A number that a command or a redirect wants dialled, as a customer or a third party."""

    campaign: Campaign
    role: Role
    number: str
    override: bool = False  # without the campaign's prefix
    effect: DialEffect = DialEffect.NOTHING
    emergency_number: str = ""  # the number is one that a person has typed

    @property
    def endpoint(self) -> tuple[str, str]:
        """Return what Asterisk would dial and "", or "" and why the dial rules refuse it."""
        if self.emergency_number:
            third = self.role is Role.THIRD
            return dial_rules.build_emergency_endpoint(
                self.campaign, self.emergency_number, is_third=third, override=self.override
            ), ""
        by_rules = dial_rules.build_third_endpoint if self.role is Role.THIRD else dial_rules.build_customer_endpoint
        return by_rules(self.campaign, self.number, override=self.override)


def get_typed_emergency(world: World, campaign: Campaign, command: NumberDial, number: str) -> str:
    """Return the emergency number that a person wants by this command, or "".

    The number of a lead, a callback or a redirect is not theirs, although they have pressed a key.
    """
    of_data = isinstance(command, CustomerDial) and (command.lead or command.callback)
    if not command.by_person or of_data or number != command.number:
        return ""
    return emergency_numbers.find_typed_number(world.rules.emergency_numbers, campaign, number)


def find_refusal(world: World, wanted: DialRequest, facts: DialFacts | None, now: int) -> str:
    """Return why the number is not dialled, or "".

    The rules are the campaign's `active`, the dial rules, do-not-call, the daily limit, the hours, and the limits of
    calls at once. `now` is the time of a turn, in microseconds UTC. An emergency number passes all of them if a person
    has typed it.
    """
    if wanted.emergency_number:
        return ""
    if found := emergency_numbers.find_dialled_number(world.rules.emergency_numbers, wanted.campaign, wanted.number):
        return reasons.EMERGENCY_NUMBER.text(number=wanted.number, emergency=found)
    _, refused = wanted.endpoint
    refused = activity.explain_inactive_campaign(world.rules, wanted.campaign.id) or refused
    why = refused or find_facts_refusal(wanted.campaign, wanted.number, facts)
    if not why and (closed := _find_hours_refusal(world, wanted.campaign, now)):
        why = reasons.OUTSIDE_HOURS.text(number=wanted.number, why=closed)
    if not why and wanted.effect is DialEffect.LEAD:
        why = node_limit.find_dialler_refusal(world) or trunk_limits.find_refusal(world, wanted.campaign, now)
    elif not why and wanted.effect is not DialEffect.NOTHING:
        why = node_limit.find_refusal(world)
    if not why and wanted.effect is DialEffect.PARTY:
        why = outside_party_limit.find_refusal(world, wanted.campaign)
    return why


def find_closed_reason(world: World, campaign: Campaign, now: int) -> str:
    """Return why the campaign dials no number now, whatever it is, or "". `now` is in microseconds UTC."""
    return activity.explain_inactive_campaign(world.rules, campaign.id) or _find_hours_refusal(world, campaign, now)


def _find_hours_refusal(world: World, campaign: Campaign, now: int) -> str:
    rules = world.rules
    at = world.machine_time(now)
    hours = call_times.check_named(campaign.dial_call_time_id, rules.call_times, rules.holidays, rules.timezone, at)
    return "" if hours is None or hours.is_open else hours.reason


def find_facts_refusal(campaign: Campaign, number: str, facts: DialFacts | None) -> str:
    """Return why the database's facts forbid the number, or "". Without facts it is refused."""
    if facts is None:
        return reasons.DO_NOT_CALL_UNREAD.text(number=number)
    if facts.problem:
        return facts.problem
    limit = campaign.daily_limit_manual
    if limit and facts.dialled >= limit:
        return reasons.DAILY_LIMIT.text(limit=limit)
    return reasons.DO_NOT_CALL.text(number=number, list=facts.listed) if facts.listed else ""


def get_facts(check: DialCheck | None, number: str) -> DialFacts | None:
    """Return the facts of a check if they are about this number, else None."""
    return check.facts if check and check.question.number == number else None


def choose_caller_id(turn: Turn, call: Call, command: NumberDial, role: Role) -> str:
    """Return the number that a customer or a third party sees when a command dials it."""
    if command.caller_id:
        return command.caller_id
    campaign, session = get_campaign(turn, call), turn.world.sessions.get(command.agent)
    phone = session.phone if session else ""
    if role is Role.THIRD:
        return dial_rules.choose_third_caller_id(campaign, call.number, phone)
    return dial_rules.choose_customer_caller_id(campaign, phone)


def dial(
    turn: Turn,
    call: Call,
    receipt: str,
    command: NumberDial,
    role: Role,
    number: str,
    check: DialCheck | None,
    adds: DialEffect,
) -> Leg | str:
    """Make the leg to a number for a command or a redirect, or return the reason for a refusal.

    An emergency number is tried although the server seems to be away.
    """
    campaign = get_campaign(turn, call)
    emergency = get_typed_emergency(turn.world, campaign, command, number)
    if not emergency and (why := get_away_reason(turn.world, call.server)):
        return why
    wanted = DialRequest(campaign, role, number, command.dial_override, adds, emergency)
    if why := find_refusal(turn.world, wanted, get_facts(check, number), turn.now):
        return why
    endpoint, _ = wanted.endpoint
    leg = originate(
        turn,
        role,
        call.id,
        number,
        endpoint,
        server=call.server,
        caller=choose_caller_id(turn, call, command, role),
        seconds=ring_time.get_agent_ring_seconds(campaign.dial_timeout),
        call=call.id,
        trunk=dial_rules.get_trunk(campaign),
        variables=_make_third_variables(turn, call, command.agent) if role is Role.THIRD else (),
    )
    dial_facts_queries.drop_check(turn, command.agent, receipt)
    return leg


def _make_third_variables(turn: Turn, call: Call, user: str) -> tuple[tuple[str, str], ...]:
    """Return the channel variables for a third party: who dials, the notes so far, and the data of the call."""
    session = turn.world.sessions.get(user)
    notes = (session.after_call.draft or session.after_call.notes) if session and session.call == call.id else ""
    return third_variables.build_variables(user, notes, call.data)


def dial_agent(turn: Turn, session: Session, server: str, seconds: int, customer: str, lane: str) -> Leg | str:
    """Make the leg to an agent's number outside, or return the reason for a refusal.

    `customer` is the number of the caller, or "". The rules about customers do not hold for the agent's own number:
    do-not-call, the hours, the daily limit and `manual_calls_at_once`.
    """
    campaign = turn.world.rules.campaign(session.campaign)
    refused = refuse_agent_number(turn.world.rules, campaign, session.outside)
    if why := refused or get_away_reason(turn.world, server) or node_limit.find_refusal(turn.world):
        return why
    endpoint, _ = dial_rules.build_third_endpoint(campaign, session.outside)
    return originate(
        turn,
        Role.AGENT,
        session.agent,
        session.outside,
        endpoint,
        server=server,
        caller=dial_rules.choose_third_caller_id(campaign, customer, ""),
        seconds=seconds,
        call=session.call or "",
        order_key=lane,
        trunk=dial_rules.get_trunk(campaign),
    )


def refuse_agent_number(rules: Rules, campaign: Campaign, number: str) -> str:
    """Return why an agent's number outside is never dialled by these rules, or ""."""
    if found := emergency_numbers.find_dialled_number(rules.emergency_numbers, campaign, number):
        return reasons.EMERGENCY_NUMBER.text(number=number, emergency=found)
    _, refused = dial_rules.build_third_endpoint(campaign, number)
    return refused


def dial_lead(turn: Turn, call: Call, campaign: Campaign) -> Leg | str:
    """Make the leg to the number of a lead, or return the reason for a refusal.

    The hopper has asked the database about the number, and the app asks again before it sends the request.
    """
    wanted = DialRequest(campaign, Role.CUSTOMER, call.number, effect=DialEffect.LEAD)
    if why := find_refusal(turn.world, wanted, DialFacts(), turn.now):
        return why
    endpoint, _ = wanted.endpoint
    harbour = campaign.safe_harbor_audio if campaign.drop_action == "MESSAGE" else ""
    rings = ring_time.get_lead_ring_seconds(campaign.dial_timeout)
    return originate_to_dialplan(
        turn, call, endpoint, rings, harbour, campaign.safe_harbor_optout, dial_rules.get_trunk(campaign)
    )
