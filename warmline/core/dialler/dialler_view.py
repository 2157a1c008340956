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
from warmline.core.model.dialler import THOUSANDTHS, Dialler, PulseFacts, WindowCount
from warmline.core.pacing import drop_budget
from warmline.core.permission import node_limit, trunk_limits
from warmline.core.rules import activity, reasons
from warmline.core.rules.configuration import Campaign
from warmline.core.servers.placement import can_place_call
from warmline.core.world.world import World


@dataclass(frozen=True, slots=True)
class DiallerView:
    """The dialler of a campaign at a moment.

    `why` is why it begins no call, or "" if nothing known stands against one. `until` is when that ends by itself, in
    microseconds UTC, or 0. If it is a halt, `halted_until` is the same. `ready` agents can take a lead. Of the
    automatic calls, `in_flight` are not answered, and `waiting` are answered and have no agent. `windows` are those
    that the campaign must keep, with a `limit` in thousandths. `pulse` has the facts of a running dialler.
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
    limit: int
    pulse: PulseFacts | None

    def count_allowed_drops(self, window: WindowCount) -> int:
        """Return how many more persons the campaign may drop in this window."""
        return max(0, window.compute_remaining_drops(self.limit) // THOUSANDTHS)

    def is_above(self, window: WindowCount) -> bool:
        """Return whether the campaign has dropped more persons in this window than its limit allows."""
        return window.compute_remaining_drops(self.limit) < 0


def list_campaigns(world: World) -> list[str]:
    """Return the campaigns that dial automatically by their options, or whose dialler was ever started."""
    automatic = (one.id for one in world.rules.campaigns.values() if one.dial_method != "MANUAL")
    return sorted({*automatic, *world.diallers})


def list_views(
    world: World, campaigns: list[str], now: int, hindrance: str = "", pulses: Mapping[str, PulseFacts] | None = None
) -> list[DiallerView]:
    """Return the state of these campaigns' diallers at `now`, the time of a turn in microseconds UTC.

    `hindrance` is why no campaign may dial now, for a reason outside the live state, or "". `pulses` has the facts of
    the diallers that run.
    """
    calls = Counter((one.outcome.campaign, one.state) for one in world.calls.values() if one.is_automatic)
    waiting = {one.ingroup for one in world.calls.values() if one.state is State.WAITING and not one.direct}
    found = []
    for name in campaigns:
        campaign, dialler = world.rules.campaign(name), world.diallers.get(name) or Dialler(id=name)
        ready = _count_ready_agents(world, name)
        rules = find_drop_rules(world.rules, campaign, world.correction)
        pulse = (pulses or {}).get(name)
        before = _explain_stop(world, campaign, dialler) or hindrance
        known = before or _explain_wait(world, dialler, now) or _explain_limit(world, campaign, now)
        no_lead = "" if known or pulse is None else pulse.no_lead
        halted_until = dialler.begins_at if not before and now < dialler.begins_at else 0
        found.append(
            DiallerView(
                dialler,
                campaign,
                reason=known
                or no_lead
                or _explain_surplus(world, campaign, dialler, now, ready, waiting)
                or _explain_idle_agents(pulse, ready),
                reason_until_us=pulse.no_lead_until if pulse and no_lead else halted_until,
                halted_until_us=halted_until,
                ready_agents=ready,
                calls_in_flight=calls[name, State.CALLING],
                waiting_calls=calls[name, State.ANSWERED],
                windows=drop_budget.update_windows(dialler.drops, rules, now).get_limited_windows(rules.window),
                limit=rules.limit,
                pulse=pulse,
            )
        )
    return found


def _count_ready_agents(world: World, campaign: str) -> int:
    return sum(
        one.campaign == campaign
        and one.state is AgentState.READY
        and not one.on_hook
        and not one.phone_loss.away_since
        and world.rules.campaign(campaign).dial_method != "MANUAL"
        for one in world.sessions.values()
    )


def _explain_stop(world: World, campaign: Campaign, dialler: Dialler) -> str:
    if campaign.id not in world.rules.campaigns:
        return reasons.CAMPAIGN_UNKNOWN.text(campaign=campaign.id)
    if campaign.dial_method == "MANUAL":
        return reasons.DIALS_BY_HAND.text(campaign=campaign.id)
    return "" if dialler.running else reasons.DIALLER_STOPPED.text(campaign=campaign.id)


def _explain_wait(world: World, dialler: Dialler, now: int) -> str:
    if now < dialler.begins_at:
        return dialler.halted or reasons.DIALLER_WAITS.text()
    return "" if can_place_call(world) else explain_missing_server(world, dialler)


def _explain_limit(world: World, campaign: Campaign, now: int) -> str:
    return (
        activity.explain_inactive_campaign(world.rules, campaign.id)
        or node_limit.find_dialler_refusal(world)
        or trunk_limits.find_refusal(world, campaign, now)
    )


def _explain_idle_agents(pulse: PulseFacts | None, ready: int) -> str:
    """Return that the pacing leaves all READY agents to others, or ""."""
    return reasons.AGENTS_LEFT.text(agents=ready) if pulse and 0 < ready <= pulse.left else ""


def _explain_surplus(
    world: World, campaign: Campaign, dialler: Dialler, now: int, ready: int, waiting: set[str]
) -> str:
    """Return why one more call would be too many, at the smallest risk that the pacing can expect."""
    callers_first = overdialling.is_caller_first(world, campaign, waiting, now)
    why = overdialling.find_refusal(world, campaign, dialler, now, risk=0, agents=0 if callers_first else ready)
    if why and callers_first:
        return reasons.CALLERS_FIRST.text()
    return reasons.NOBODY_READY.text() if why == reasons.NO_READY_AGENT.text() and not ready else why
