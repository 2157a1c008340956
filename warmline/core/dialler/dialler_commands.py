"""The start and stop of a campaign's dialler, and its pause after a restart of the app."""

from collections.abc import Iterator

from warmline.core.messages.call_command_types import DiallerCommand, DiallerStart
from warmline.core.messages.commands import Ask
from warmline.core.model.dialler import Dialler
from warmline.core.model.receipt import Outcome
from warmline.core.receipts import receipts
from warmline.core.replace import replace
from warmline.core.rules import reasons
from warmline.core.rules.configuration import Campaign
from warmline.core.rules.sentinels import NONE_GROUP
from warmline.core.world.turn import Turn

RESTART_DELAY_US = 10_000_000  # in which phones and calls come back, before the first new call


def change_dialler(turn: Turn, request: Ask, command: DiallerCommand) -> None:
    """Start or stop the dialler of a campaign."""
    receipt = receipts.open_receipt(turn, request, "")
    if isinstance(command, DiallerStart):
        refusal = _start(turn, command.campaign, request.by)
    else:
        refusal = _stop(turn, command.campaign, request.by)
    receipts.finish(turn, receipt.id, Outcome.REFUSED if refusal else Outcome.COMPLETED, cause=refusal)


def _start(turn: Turn, campaign_id: str, user: str) -> str:
    """Let the dialler of a campaign begin calls, or return why not.

    A halt for its drops is over: the user knows of them.
    """
    campaign = turn.world.rules.campaigns.get(campaign_id)
    if campaign is None:
        return reasons.CAMPAIGN_UNKNOWN.text(campaign=campaign_id)
    settings_by_need = dict(_list_missing_options(turn, campaign))
    if settings_by_need:
        settings = " ".join(settings_by_need.values())
        return reasons.DIALLER_NEEDS.text(campaign=campaign.id, needs=", ".join(settings_by_need), set=settings)
    _set_running(turn, campaign.id, user, running=True)
    return ""


def _stop(turn: Turn, campaign_id: str, user: str) -> str:
    """Let the dialler of a campaign begin no more calls, or return why not. Calls that ring, ring on."""
    if campaign_id not in turn.world.rules.campaigns and campaign_id not in turn.world.diallers:
        return reasons.CAMPAIGN_UNKNOWN.text(campaign=campaign_id)
    _set_running(turn, campaign_id, user, running=False)
    return ""


def _list_missing_options(turn: Turn, campaign: Campaign) -> Iterator[tuple[str, str]]:
    """Yield all that the campaign lacks to dial, in words, with the option that gives it.

    The options can be set one after the other in this order, as `warmline.options.contradictions` wants it.
    """
    if campaign.active != "Y":
        yield "to be active", "active=Y"
    if not _has_caller_id(turn, campaign):
        yield "a caller id (campaign_cid or cid_group)", "campaign_cid=NUMBER"
    if campaign.drop_action == "MESSAGE" and not campaign.safe_harbor_audio:
        yield "a message for dropped leads", "safe_harbor_audio=SOUND"
    if campaign.drop_action == "IN_GROUP" and campaign.drop_inbound_group == NONE_GROUP:
        yield "an in-group for dropped leads", "drop_inbound_group=INGROUP"
    if campaign.dial_method == "MANUAL":
        # With HANGUP, other methods would need a message or an in-group.
        method = "PROGRESSIVE" if campaign.drop_action == "HANGUP" else "PREDICTIVE"
        yield "a dial_method", f"dial_method={method}"


def _has_caller_id(turn: Turn, campaign: Campaign) -> bool:
    """Return whether the campaign has a number that its leads see: 47 CFR 64.1601(e), 16 CFR 310.4(a)(8)."""
    group = turn.world.rules.cid_groups.get(campaign.cid_group)
    return bool(campaign.campaign_cid.strip("0")) or (group is not None and bool(group.caller_ids))


def _set_running(turn: Turn, campaign_id: str, user: str, *, running: bool) -> None:
    dialler = turn.world.diallers.get(campaign_id) or Dialler(id=campaign_id)
    if dialler.running is running:
        return
    if running and reasons.DROP_LIMIT_REACHED.matches(dialler.halted):
        dialler = replace(dialler, begins_at=0, halted="", halt=0)
    turn.put(replace(dialler, running=running, since=turn.now, by=user, idle=""))


def delay_diallers(turn: Turn) -> None:
    """Let every dialler wait after the calls of a server are known again."""
    for dialler in turn.iterate(turn.world.diallers):
        if dialler.running:
            restart_at_us = turn.now + RESTART_DELAY_US
            has_longer_halt = dialler.begins_at > restart_at_us
            halted_reason = dialler.halted if has_longer_halt else ""
            turn.put(replace(dialler, begins_at=max(dialler.begins_at, restart_at_us), halted=halted_reason))
