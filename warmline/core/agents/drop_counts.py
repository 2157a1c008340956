"""The count of the persons whom a campaign answered and dropped, on the record of its dialler."""

from warmline.core.model.dialler import Dialler, DropWindow
from warmline.core.model.session import Session
from warmline.core.moment import SECOND_US
from warmline.core.pacing import drop_budget
from warmline.core.pacing.drop_budget import DropRules
from warmline.core.replace import replace
from warmline.core.rules import ring_time
from warmline.core.rules.configuration import Campaign, Rules
from warmline.core.world.turn import Turn


def find_drop_rules(rules: Rules, campaign: Campaign, correction: int = 0) -> DropRules:
    """Return the limits of a campaign, as its options have them; `correction` is that of the world."""
    percent, _, tenths = campaign.adaptive_dropped_percentage.partition(".")
    return DropRules(
        limit_permille=10 * int(percent) + int(tenths or 0),
        window=to_drop_window(campaign.drop_window),
        zone=rules.timezone,
        reach_us=ring_time.compute_longest_seconds(ring_time.get_lead_ring_seconds(campaign.dial_timeout)) * SECOND_US,
        correction_us=correction,
    )


def to_drop_window(drop_window: str) -> DropWindow:
    """Return the windows that the option limits. AUTO is PERIOD: the snapshot of the configuration has DAY for it."""
    return DropWindow.PERIOD if drop_window == "AUTO" else DropWindow(drop_window)


def begin_windows(turn: Turn, campaign: Campaign) -> None:
    """Let the windows of a campaign begin, if this is its first automatic call in them."""
    dialler = turn.world.diallers.get(campaign.id) or Dialler(id=campaign.id)
    limits = find_drop_rules(turn.world.rules, campaign, turn.world.correction)
    drops = drop_budget.update_windows(dialler.drops, limits, turn.now)
    if drops != dialler.drops:
        turn.put(replace(dialler, drops=drops, above=drop_budget.is_above_limit(drops, limits, turn.now)))


def count_person(turn: Turn, campaign_id: str, *, is_dropped: bool, by_fault: bool = False) -> None:
    """Count a person who answered an automatic call of a campaign. `by_fault`: a fault caused the drop."""
    dialler = turn.world.diallers.get(campaign_id) or Dialler(id=campaign_id)
    limits = find_drop_rules(turn.world.rules, turn.world.rules.campaign(campaign_id), turn.world.correction)
    drops = drop_budget.count_person(dialler.drops, limits, turn.now, is_dropped=is_dropped, by_fault=by_fault)
    turn.put(replace(dialler, drops=drops, above=drop_budget.is_above_limit(drops, limits, turn.now)))


def count_person_by_status(turn: Turn, session: Session, status: str) -> str:
    """Count the person of an automatic call, if the agent's code for it says that a person answered.

    Return the call that still waits for such a code. A second code for the same call counts no second person.
    """
    code, call = turn.world.rules.dispositions.get(status), session.last.lead_call
    if not call or call != session.last.call or code is None or code.human_answered != "Y":
        return call
    count_person(turn, session.campaign, is_dropped=False)
    return ""
