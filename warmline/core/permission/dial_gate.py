"""The only way to dial a number: `find_number_refusal` applies every rule, and only `dial` makes a leg to a number.

A test (tests/tree/test_dial_gate.py) checks that nothing else in the core names a number's endpoint.
"""

from dataclasses import dataclass
from enum import Enum

from warmline.core.messages.agent_command_types import CustomerDial
from warmline.core.messages.command_classes import NumberDial
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
    skips_prefix: bool = False  # without the campaign's prefix
    effect: DialEffect = DialEffect.NOTHING
    emergency_number: str = ""  # the number is one that a person has typed

    @property
    def endpoint(self) -> tuple[str, str]:
        """Return what Asterisk would dial and "", or "" and why the dial rules refuse it."""
        if self.emergency_number:
            is_third = self.role is Role.THIRD
            return dial_rules.build_emergency_endpoint(
                self.campaign, self.emergency_number, is_third=is_third, skips_prefix=self.skips_prefix
            ), ""
        if self.role is Role.THIRD:
            return dial_rules.build_third_endpoint(self.campaign, self.number, skips_prefix=self.skips_prefix)
        return dial_rules.build_customer_endpoint(self.campaign, self.number, skips_prefix=self.skips_prefix)


def get_typed_emergency(world: World, campaign: Campaign, command: NumberDial, number: str) -> str:
    """Return the emergency number that a person wants by this command, or "".

    The number of a lead, a callback or a redirect is not theirs, although they have pressed a key.
    """
    is_from_record = isinstance(command, CustomerDial) and (command.lead or command.callback)
    if not command.by_person or is_from_record or number != command.number:
        return ""
    return emergency_numbers.find_typed_number(world.rules.emergency_numbers, campaign, number)


def find_number_refusal(world: World, request: DialRequest, facts: DialFacts | None, now_us: int) -> str:
    """Return why the number is not dialled, or "".

    The rules are the campaign's `active`, the dial rules, do-not-call, the daily limit, the hours, and the limits of
    parallel calls. `now_us` is the time of a turn. An emergency number passes all of them if a person
    has typed it.
    """
    if request.emergency_number:
        return ""
    emergency_number = emergency_numbers.find_dialled_number(
        world.rules.emergency_numbers, request.campaign, request.number
    )
    if emergency_number:
        return reasons.EMERGENCY_NUMBER.text(number=request.number, emergency=emergency_number)
    _, refusal = request.endpoint
    refusal = activity.explain_inactive_campaign(world.rules, request.campaign.id) or refusal
    refusal = refusal or find_facts_refusal(request.campaign, request.number, facts)
    if not refusal and (hours_refusal := _find_hours_refusal(world, request.campaign, now_us)):
        refusal = reasons.OUTSIDE_HOURS.text(number=request.number, why=hours_refusal)
    if not refusal and request.effect is DialEffect.LEAD:
        refusal = node_limit.find_dialler_refusal(world) or trunk_limits.find_trunk_refusal(
            world, request.campaign, now_us
        )
    elif not refusal and request.effect is not DialEffect.NOTHING:
        refusal = node_limit.find_node_refusal(world)
    if not refusal and request.effect is DialEffect.PARTY:
        refusal = outside_party_limit.find_party_refusal(world, request.campaign)
    return refusal


def find_closed_reason(world: World, campaign: Campaign, now_us: int) -> str:
    """Return why the campaign dials no number now, whatever it is, or ""."""
    return activity.explain_inactive_campaign(world.rules, campaign.id) or _find_hours_refusal(world, campaign, now_us)


def _find_hours_refusal(world: World, campaign: Campaign, now_us: int) -> str:
    rules = world.rules
    machine_time_us = world.machine_time(now_us)
    call_time = call_times.check_named(
        campaign.dial_call_time_id, rules.call_times, rules.holidays, zone=rules.timezone, at_us=machine_time_us
    )
    return "" if call_time is None or call_time.is_open else call_time.reason


def find_facts_refusal(campaign: Campaign, number: str, facts: DialFacts | None) -> str:
    """Return why the database's facts forbid the number, or "". Without facts it is refused."""
    if facts is None:
        return reasons.DO_NOT_CALL_UNREAD.text(number=number)
    if facts.problem:
        return facts.problem
    max_dials = campaign.daily_limit_manual
    if max_dials and facts.dialled >= max_dials:
        return reasons.DAILY_LIMIT.text(limit=max_dials)
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
    effect: DialEffect,
) -> Leg | str:
    """Make the leg to a number for a command or a redirect, or return the reason for a refusal.

    An emergency number is tried although the server seems to be away.
    """
    campaign = get_campaign(turn, call)
    emergency_number = get_typed_emergency(turn.world, campaign, command, number=number)
    if not emergency_number and (refusal := get_away_reason(turn.world, call.server)):
        return refusal
    request = DialRequest(
        campaign, role, number, skips_prefix=command.dial_override, effect=effect, emergency_number=emergency_number
    )
    if refusal := find_number_refusal(turn.world, request, get_facts(check, number), now_us=turn.now):
        return refusal
    endpoint, _ = request.endpoint
    leg = originate(
        turn,
        role,
        call.id,
        number=number,
        endpoint=endpoint,
        server=call.server,
        caller=choose_caller_id(turn, call, command, role=role),
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


def dial_agent(turn: Turn, session: Session, server: str, seconds: int, customer: str, order_key: str) -> Leg | str:
    """Make the leg to an agent's number outside, or return the reason for a refusal.

    `customer` is the number of the caller, or "". The rules about customers do not hold for the agent's own number:
    do-not-call, the hours, the daily limit and `manual_calls_at_once`.
    """
    campaign = turn.world.rules.campaign(session.campaign)
    refusal = refuse_agent_number(turn.world.rules, campaign, session.outside)
    if refusal := refusal or get_away_reason(turn.world, server) or node_limit.find_node_refusal(turn.world):
        return refusal
    endpoint, _ = dial_rules.build_third_endpoint(campaign, session.outside)
    return originate(
        turn,
        Role.AGENT,
        session.agent,
        number=session.outside,
        endpoint=endpoint,
        server=server,
        caller=dial_rules.choose_third_caller_id(campaign, customer, ""),
        seconds=seconds,
        call=session.call or "",
        order_key=order_key,
        trunk=dial_rules.get_trunk(campaign),
    )


def refuse_agent_number(rules: Rules, campaign: Campaign, number: str) -> str:
    """Return why an agent's number outside is never dialled by these rules, or ""."""
    if emergency_number := emergency_numbers.find_dialled_number(rules.emergency_numbers, campaign, number):
        return reasons.EMERGENCY_NUMBER.text(number=number, emergency=emergency_number)
    _, refusal = dial_rules.build_third_endpoint(campaign, number)
    return refusal


def dial_lead(turn: Turn, call: Call, campaign: Campaign) -> Leg | str:
    """Make the leg to the number of a lead, or return the reason for a refusal.

    The hopper has asked the database about the number, and the app asks again before it sends the request.
    """
    request = DialRequest(campaign, Role.CUSTOMER, call.number, effect=DialEffect.LEAD)
    if refusal := find_number_refusal(turn.world, request, DialFacts(), now_us=turn.now):
        return refusal
    endpoint, _ = request.endpoint
    message_file = campaign.safe_harbor_audio if campaign.drop_action == "MESSAGE" else ""
    ring_seconds = ring_time.get_lead_ring_seconds(campaign.dial_timeout)
    return originate_to_dialplan(
        turn,
        call,
        endpoint,
        ring_seconds=ring_seconds,
        safe_harbour=message_file,
        optout_key=campaign.safe_harbor_optout,
        trunk=dial_rules.get_trunk(campaign),
    )
