"""Whether a script may call a number: the dial rules of a campaign, as an agent's dial in that campaign has them.

The limits of parallel calls are those of the app, which does not see a script's calls; a script limits its own.
"""

import time

from warmline.ari.ari_exceptions import Refused
from warmline.ari.endpoint_gate import DialTarget, explain_dial_stop
from warmline.core.messages.dial_facts_messages import FindDialFacts
from warmline.core.rules import activity, call_times, dial_rules, emergency_numbers, reasons, ring_time
from warmline.core.rules.configuration import Campaign, Rules
from warmline.store.configuration.configuration_snapshot import load_rules
from warmline.store.database.errors import unknown
from warmline.store.database.reading import reading
from warmline.store.leads import dial_facts
from warmline.system.settings import Settings


def check_number(config: Settings, number: str, campaign: str, *, automatic: bool) -> DialTarget:
    """Return where the number is dialled. Raises Refused with the reason, NotFound for a campaign, StoreError.

    The rules are the campaign's `active`, the dial rules, do-not-call and the hours. Without a campaign, the defaults
    of a campaign and the system's do-not-call list hold. `warmline dial stop` stops `automatic` calls.
    """
    db = str(config.db)
    with reading(db) as connection:
        rules = load_rules(connection)
    if campaign and campaign not in rules.campaigns:
        raise unknown("campaign", campaign, sorted(rules.campaigns))  # all calls of the script would be refused
    campaign_rules = rules.campaigns.get(campaign) or Campaign(id="")
    endpoint, refusal = dial_rules.build_customer_endpoint(campaign_rules, number)
    if emergency_number := emergency_numbers.find_dialled_number(rules.emergency_numbers, campaign_rules, number):
        refusal = reasons.EMERGENCY_NUMBER.text(number=number, emergency=emergency_number)
    refusal = (
        activity.explain_inactive_campaign(rules, campaign) or refusal or _check_hours(rules, campaign_rules, number)
    )
    refusal = refusal or _check_dnc(db, campaign_rules, number)
    if automatic:
        refusal = refusal or explain_dial_stop(config.run)  # last of all, so that nothing is dialled after the stop
    if refusal:
        raise Refused("ari_number_refused", "{reason}", reason=refusal)
    return DialTarget(
        endpoint,
        dial_rules.choose_customer_caller_id(campaign_rules, ""),
        ring_time.get_agent_ring_seconds(campaign_rules.dial_timeout),
    )


def _check_hours(rules: Rules, campaign: Campaign, number: str) -> str:
    hours = call_times.check_named(
        campaign.dial_call_time_id, rules.call_times, rules.holidays, zone=rules.timezone, at_us=_get_now_us()
    )
    return "" if hours is None or hours.is_open else reasons.OUTSIDE_HOURS.text(number=number, why=hours.reason)


def _check_dnc(db: str, campaign: Campaign, number: str) -> str:
    readings = tuple(sorted(dial_rules.list_readings(campaign, number)))
    facts = dial_facts.find(db, FindDialFacts("", "", campaign.id, number=number, readings=readings, at=_get_now_us()))
    return reasons.DO_NOT_CALL.text(number=number, list=facts.listed) if facts.listed else ""


def _get_now_us() -> int:
    return time.time_ns() // 1000
