"""A pacer for each running campaign. It learns what has happened from the live calls and sessions at each pulse."""

import dataclasses
from dataclasses import dataclass, field

from ari_app.dialler.caller_rate import CallerRate
from ari_app.dialler.pacing_records import PacingRecords
from warmline.core.agents import ring_hold
from warmline.core.dialler import overdialling
from warmline.core.dialler.pacing_options import make_pacing_rules
from warmline.core.model.call import Call
from warmline.core.model.call_states import AgentState, State
from warmline.core.model.dialler import Dialler, DropBudget, DropWindow
from warmline.core.pacing import pacing_feed
from warmline.core.pacing.dial_method import DialMethod
from warmline.core.pacing.pacer import Pacer
from warmline.core.pacing.pacing_decision import Decision
from warmline.core.queue.matching.serving_order import CAMPAIGN_QUEUE
from warmline.core.replace import replace
from warmline.core.rules.configuration import Campaign, Rules
from warmline.core.world.world import World

KEPT_EVERY = 300_000_000  # microseconds


@dataclass(slots=True)
class _Paced:
    """The pacer of a campaign, its calls as they were at the last pulse, and its agents then."""

    pacer: Pacer
    calls: dict[str, Call] = field(default_factory=dict)
    agents: set[str] = field(default_factory=set)
    persons: tuple[int, int] = (0, 0)  # the beginning of the period, and the persons without a drop in it
    kept: int = 0  # when its record was kept, or begun


class CampaignPacers:
    """The pacers by campaign. Times are microseconds UTC."""

    def __init__(self, records: PacingRecords) -> None:
        self._records = records
        self._paced: dict[str, _Paced] = {}
        self._callers = CallerRate()

    async def begin(self, rules: Rules, campaign: Campaign, dialler: Dialler, now: int) -> None:
        """Make the pacer of a campaign, unless it has one; it knows what was learnt before."""
        if campaign.id not in self._paced:
            pacer = await self._records.pacer(campaign.id, make_pacing_rules(rules, campaign), now)
            self._paced[campaign.id] = _Paced(pacer, persons=_persons(dialler.drops), kept=now)

    def decide(self, world: World, campaign: Campaign, dialler: Dialler, now: int) -> Decision:
        """Return how many calls the campaign begins now, and which calls it gives up. Its pacer was begun."""
        paced = self._paced[campaign.id]
        pacer = paced.pacer
        pacer.rules = make_pacing_rules(world.rules, campaign, world.correction)
        if overdialling.must_wait_for_ring(world, campaign, now):
            pacer.rules = dataclasses.replace(pacer.rules, dial_method=DialMethod.PROGRESSIVE)
        _take_calls(paced, world, campaign.id, now)
        _take_sessions(paced, world, campaign.id, now)
        _take_persons(paced, dialler.drops, now)
        pacer.callers_first = overdialling.is_caller_first(world, campaign, world.matcher.count_calls_by_queue(), now)
        self._callers.follow(world, now)
        pacer.holds_agents = True
        pacer.callers_per_second = self._callers.per_second(world, campaign.id)
        pacer.outranking_per_second = self._callers.outranking_per_second(world, campaign.id, campaign.queue_priority)
        pacer.continue_prediction(now)
        if now - paced.kept >= KEPT_EVERY:
            self._records.keep(campaign.id, pacer, now)
            paced.kept = now
        return pacer.decide(now)

    def forget(self, campaign: str, now: int) -> None:
        """Keep what the pacer of a campaign has learnt, and forget the pacer: the campaign does not run."""
        if paced := self._paced.pop(campaign, None):
            self._records.keep(campaign, paced.pacer, now)

    def drop(self, campaign: str) -> None:
        """Forget the pacer of a campaign, and what it has learnt since its record was kept."""
        self._paced.pop(campaign, None)

    async def close(self, now: int) -> None:
        """Keep what every pacer has learnt, and wait until it is kept."""
        for campaign in [*self._paced]:
            self.forget(campaign, now)
        await self._records.close()


def _take_calls(paced: _Paced, world: World, campaign: str, now: int) -> None:
    """Tell the pacer what has changed in the calls of a campaign. A call that is gone has ended."""
    live = {call.id: call for call in world.calls.values() if call.is_automatic and call.outcome.campaign == campaign}
    for name, call in live.items():
        before = paced.calls.get(name)
        if before is not call:
            pacing_feed.feed_call(paced.pacer, before, call)
    for name in paced.calls.keys() - live.keys():
        if paced.calls[name].state is State.ANSWERED:
            paced.pacer.count_dropped_call(name, now)  # it ended without an agent
        paced.pacer.note_call_end(name, now)
    paced.calls = live


def _take_sessions(paced: _Paced, world: World, campaign: str, now: int) -> None:
    """Tell the pacer what the agents of a campaign do."""
    here = [session for session in world.sessions.values() if session.campaign == campaign and not session.on_hook]
    for session in here:
        is_in_queue = world.matcher.is_ready_in(session.agent, CAMPAIGN_QUEUE + campaign)
        takes_leads = session.state is not AgentState.READY or is_in_queue
        stays = takes_leads and not ring_hold.is_pausing(session)
        state = session.state if stays else AgentState.PAUSED  # also if the phone of a READY agent cannot be reached
        pacing_feed.feed_session(paced.pacer, replace(session, state=state))
    for agent in paced.agents - {session.agent for session in here}:
        paced.pacer.note_agent_leave(agent, now)
    paced.agents = {session.agent for session in here}


def _take_persons(paced: _Paced, drops: DropBudget, now: int) -> None:
    """Tell the pacer of the persons whom dispositions have counted since, and give it the counts on record."""
    before, persons = paced.persons, _persons(drops)
    if before[0] == persons[0]:
        for _ in range(persons[1] - before[1]):
            paced.pacer.count_answering_person(now)
    paced.persons, paced.pacer.budget = persons, drops


def _persons(drops: DropBudget) -> tuple[int, int]:
    for window in drops.windows:
        if window.kind is DropWindow.PERIOD:
            return window.begins, window.answered - window.dropped
    return 0, 0
