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
    (_start if isinstance(command, DiallerStart) else _stop)(turn, request, command)


def _start(turn: Turn, request: Ask, command: DiallerCommand) -> None:
    """Let the dialler of a campaign begin calls. A halt for its drops is over: the user knows of them."""
    receipt = receipts.open_receipt(turn, request, "")
    campaign = turn.world.rules.campaigns.get(command.campaign)
    refusal = ""
    if campaign is None:
        refusal = reasons.CAMPAIGN_UNKNOWN.text(campaign=command.campaign)
    elif needs := dict(_list_needs(turn, campaign)):
        refusal = reasons.DIALLER_NEEDS.text(campaign=campaign.id, needs=", ".join(needs), set=" ".join(needs.values()))
    else:
        _set_running(turn, campaign.id, request.by, running=True)
    receipts.finish(turn, receipt.id, Outcome.REFUSED if refusal else Outcome.COMPLETED, cause=refusal)


def _list_needs(turn: Turn, campaign: Campaign) -> Iterator[tuple[str, str]]:
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
        is_hangup = campaign.drop_action == "HANGUP"  # other methods would need a message or an in-group
        yield "a dial_method", f"dial_method={'PROGRESSIVE' if is_hangup else 'PREDICTIVE'}"


def _has_caller_id(turn: Turn, campaign: Campaign) -> bool:
    """Return whether the campaign has a number that its leads see: 47 CFR 64.1601(e), 16 CFR 310.4(a)(8)."""
    group = turn.world.rules.cid_groups.get(campaign.cid_group)
    return bool(campaign.campaign_cid.strip("0")) or (group is not None and bool(group.caller_ids))


def _stop(turn: Turn, request: Ask, command: DiallerCommand) -> None:
    """Let the dialler of a campaign begin no more calls. Calls that ring, ring on."""
    receipt = receipts.open_receipt(turn, request, "")
    is_known = command.campaign in turn.world.rules.campaigns or command.campaign in turn.world.diallers
    refusal = "" if is_known else reasons.CAMPAIGN_UNKNOWN.text(campaign=command.campaign)
    if is_known:
        _set_running(turn, command.campaign, request.by, running=False)
    receipts.finish(turn, receipt.id, Outcome.REFUSED if refusal else Outcome.COMPLETED, cause=refusal)


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
            halted = dialler.halted if has_longer_halt else ""
            turn.put(replace(dialler, begins_at=max(dialler.begins_at, restart_at_us), halted=halted))
