"""Two campaigns dial on one trunk of the simulated world, which has less room than both want."""

from collections import Counter
from dataclasses import replace

from tests.core.dialler.lead_stage import BUSY, HARBOUR, RINGS_ON, lead
from tools.simulation.asterisk.core_driver import FAR_ENDS, Driver, demo_rules
from warmline.core.dialler.campaign_shares import CampaignShares
from warmline.core.messages.commands import Kind
from warmline.core.messages.dialler_messages import PacingDecided
from warmline.core.model.call_states import State
from warmline.core.rules.configuration import Trunk

FIRST, OTHER = "TESTCAMP", "OTHER"
AGENT = {FIRST: "1000", OTHER: "1001"}
NUMBERS = {FIRST: "1", OTHER: "2"}  # the last digit of a number, so that no two calls have the same


def two_campaigns(**trunk: int) -> Driver:
    """Return two running diallers with one READY agent each, on a trunk with these limits."""
    options = {"dial_method": "PROGRESSIVE", "campaign_cid": "3125550199", "safe_harbor_audio": HARBOUR}
    rules = demo_rules(**options)
    campaigns = rules.campaigns | {OTHER: replace(rules.campaigns[FIRST], id=OTHER)}
    agents = rules.agents | {"1001": replace(rules.agents["1001"], campaign=OTHER)}
    trunks = {"trunk": Trunk(id="trunk", **trunk)}
    lab = Driver(replace(rules, campaigns=campaigns, agents=agents, trunks=trunks))
    for number in (BUSY, RINGS_ON):
        lab.asterisk.far_ends |= {number + digits: FAR_ENDS[number] for digits in NUMBERS.values()}
    for campaign, agent in AGENT.items():
        lab.log_in(agent)
        assert lab.ask(Kind.DIALLER_START, agent="", campaign=campaign) == ""
    return lab


def dial(lab: Driver, shares: CampaignShares, number: str) -> Counter[str]:
    """Let each campaign begin what it may of one call, as the app's pulse does; return what was begun."""
    in_flight = [call.outcome.campaign for call in lab.world.calls.values() if call.state is State.CALLING]
    requested_calls = {campaign: 1 - in_flight.count(campaign) for campaign in AGENT}
    begun_calls: Counter[str] = Counter()
    for campaign, share in shares.share(lab.world, requested_calls, lab.asterisk.now).items():
        leads = tuple(lead(lab, f"{number}{NUMBERS[campaign]}", int(NUMBERS[campaign])) for _ in range(share))
        earlier_ids = {*lab.world.calls}
        lab.feed(PacingDecided(campaign, leads, ready=1))
        begun_calls[campaign] += len({*lab.world.calls} - earlier_ids)
    return begun_calls


def test_the_calls_of_a_full_trunk_are_shared() -> None:
    lab, shares, begun_calls = two_campaigns(lines=1, calls_per_second=50), CampaignShares(), Counter[str]()
    for turn in range(1, 41):
        begun_calls += dial(lab, shares, BUSY)
        assert lab.world.trunk_use.count_lines("trunk") <= 1 and begun_calls.total() == turn, "the line is always used"
        assert abs(begun_calls[OTHER] - turn / 2) < 1
        lab.wait(0.3)


def test_a_campaign_alone_has_the_whole_trunk() -> None:
    lab, shares = two_campaigns(lines=1, calls_per_second=50), CampaignShares()
    lab.ask(Kind.DIALLER_STOP, agent="", campaign=OTHER)
    lab.configure("campaigns", OTHER, active="N")
    for _ in range(5):
        assert dial(lab, shares, BUSY) == {FIRST: 1, OTHER: 0}
        lab.wait(0.3)


def test_calls_that_ring_leave_no_room_and_nothing_is_shared() -> None:
    lab, shares = two_campaigns(lines=2, calls_per_second=50), CampaignShares()
    assert dial(lab, shares, RINGS_ON) == {FIRST: 1, OTHER: 1}
    assert dial(lab, shares, RINGS_ON).total() == 0
