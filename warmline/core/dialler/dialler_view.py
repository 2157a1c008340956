"""The state of each campaign's dialler, for people: what it does now, and why it begins no call.

Everything comes from records that other processes copy, so the API process makes the same view as that of the calls.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from warmline.core.agents.drop_counts import find_drop_rules
from warmline.core.dialler import overdialling
from warmline.core.dialler.dialler_halts import explain_missing_server
from warmline.core.model.call_states import AgentState, State
from warmline.core.model.dialler import DROP_THOUSANDTHS, Dialler, PulseFacts, WindowCount
from warmline.core.pacing import drop_budget
from warmline.core.permission import node_limit, trunk_limits
from warmline.core.rules import activity, reasons
from warmline.core.rules.configuration import Campaign
from warmline.core.servers.placement import can_place_call
from warmline.core.world.world import World


@dataclass(frozen=True, slots=True)
class DiallerView:
    """The dialler of a campaign at a moment.

    `reason` is why it begins no call, or "" if nothing known stands against one. `reason_until_us` is when that ends by
    itself (UTC), or 0. If it is a halt, `halted_until_us` is the same. `ready_agents` can take a lead. Of the automatic
    calls, `calls_in_flight` are not answered, and `waiting_calls` are answered and have no agent. `windows` are those
    that the campaign must keep, with a `limit_permille` in thousandths. `pulse` has the facts of a running dialler.
    """

    dialler: Dialler
    campaign: Campaign
    reason: str
    reason_until_us: int
    halted_until_us: int
    ready_agents: int
    calls_in_flight: int
    waiting_calls: int
    windows: tuple[WindowCount, ...]
    limit_permille: int
    pulse: PulseFacts | None

    def count_allowed_drops(self, window: WindowCount) -> int:
        """Return how many more persons the campaign may drop in this window."""
        return max(0, window.compute_remaining_drops(self.limit_permille) // DROP_THOUSANDTHS)

    def is_above(self, window: WindowCount) -> bool:
        """Return whether the campaign has dropped more persons in this window than its limit allows."""
        return window.compute_remaining_drops(self.limit_permille) < 0


def list_campaigns(world: World) -> list[str]:
    """Return the campaigns that dial automatically by their options, or whose dialler was ever started."""
    automatic_campaigns = (
        campaign.id for campaign in world.rules.campaigns.values() if campaign.dial_method != "MANUAL"
    )
    return sorted({*automatic_campaigns, *world.diallers})


def list_views(
    world: World, campaigns: list[str], now_us: int, hindrance: str = "", pulses: Mapping[str, PulseFacts] | None = None
) -> list[DiallerView]:
    """Return the state of these campaigns' diallers at `now_us`, the time of a turn.

    `hindrance` is why no campaign may dial now, for a reason outside the live state, or "". `pulses` has the facts of
    the diallers that run.
    """
    calls = Counter((call.outcome.campaign, call.state) for call in world.calls.values() if call.is_automatic)
    waiting_groups = {call.ingroup for call in world.calls.values() if call.state is State.WAITING and not call.direct}
    views = []
    for name in campaigns:
        campaign, dialler = world.rules.campaign(name), world.diallers.get(name) or Dialler(id=name)
        ready_agents = _count_ready_agents(world, name)
        rules = find_drop_rules(world.rules, campaign, world.correction)
        pulse = (pulses or {}).get(name)
        stop_reason = _explain_stop(world, campaign, dialler) or hindrance
        wait_reason = stop_reason or _explain_wait(world, dialler, now_us) or _explain_limit(world, campaign, now_us)
        lead_reason = "" if wait_reason or pulse is None else pulse.no_lead
        halted_until_us = dialler.begins_at if not stop_reason and now_us < dialler.begins_at else 0
        reason = (
            wait_reason
            or lead_reason
            or _explain_surplus(
                world, campaign, dialler, now_us=now_us, ready_agents=ready_agents, waiting_groups=waiting_groups
            )
            or _explain_idle_agents(pulse, ready_agents)
        )
        views.append(
            DiallerView(
                dialler,
                campaign,
                reason=reason,
                reason_until_us=pulse.no_lead_until if pulse and lead_reason else halted_until_us,
                halted_until_us=halted_until_us,
                ready_agents=ready_agents,
                calls_in_flight=calls[name, State.CALLING],
                waiting_calls=calls[name, State.ANSWERED],
                windows=drop_budget.update_windows(dialler.drops, rules, now_us).get_limited_windows(rules.window),
                limit_permille=rules.limit_permille,
                pulse=pulse,
            )
        )
    return views


def _count_ready_agents(world: World, campaign_id: str) -> int:
    return sum(
        session.campaign == campaign_id
        and session.state is AgentState.READY
        and not session.on_hook
        and not session.phone_loss.away_since
        and world.rules.campaign(campaign_id).dial_method != "MANUAL"
        for session in world.sessions.values()
    )


def _explain_stop(world: World, campaign: Campaign, dialler: Dialler) -> str:
    if campaign.id not in world.rules.campaigns:
        return reasons.CAMPAIGN_UNKNOWN.text(campaign=campaign.id)
    if campaign.dial_method == "MANUAL":
        return reasons.DIALS_BY_HAND.text(campaign=campaign.id)
    return "" if dialler.running else reasons.DIALLER_STOPPED.text(campaign=campaign.id)


def _explain_wait(world: World, dialler: Dialler, now_us: int) -> str:
    if now_us < dialler.begins_at:
        return dialler.halted or reasons.DIALLER_WAITS.text()
    return "" if can_place_call(world) else explain_missing_server(world, dialler)


def _explain_limit(world: World, campaign: Campaign, now_us: int) -> str:
    return (
        activity.explain_inactive_campaign(world.rules, campaign.id)
        or node_limit.find_dialler_refusal(world)
        or trunk_limits.find_trunk_refusal(world, campaign, now_us)
    )


def _explain_idle_agents(pulse: PulseFacts | None, ready_agents: int) -> str:
    """Return that the pacing leaves all READY agents to others, or ""."""
    return reasons.AGENTS_LEFT.text(agents=ready_agents) if pulse and 0 < ready_agents <= pulse.avoided_agents else ""


def _explain_surplus(
    world: World, campaign: Campaign, dialler: Dialler, now_us: int, ready_agents: int, waiting_groups: set[str]
) -> str:
    """Return why one more call would be too many, at the smallest risk that the pacing can expect."""
    callers_first = overdialling.is_caller_first(world, campaign, waiting_groups, now_us=now_us)
    refusal = overdialling.find_overdial_refusal(
        world,
        campaign,
        dialler,
        now_us=now_us,
        expected_drops_permille=0,
        ready_agents=0 if callers_first else ready_agents,
    )
    if refusal and callers_first:
        return reasons.CALLERS_FIRST.text()
    return reasons.NOBODY_READY.text() if refusal == reasons.NO_READY_AGENT.text() and not ready_agents else refusal
