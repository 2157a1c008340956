"""The rules for dispositions and pause codes."""

from warmline.core.messages.commands import Kind
from warmline.core.model.session import Session
from warmline.core.rules import reasons
from warmline.core.rules.configuration import Campaign, Disposition, PauseCode, Rules

TRANSFER_GROUPS = {
    Kind.BLIND_TRANSFER: "EXTERNAL",
    Kind.LEAVE_VM: "EXTERNAL",
    Kind.LOCAL_CLOSER: "LOCAL",
    Kind.LEAVE_3WAY_CALL: "LEAVE3WAY",
}


def is_disposition_skipped(campaign: Campaign, kind: Kind | None) -> bool:
    """Return whether `transfer_no_dispo` writes XFER for an agent who handed over the call with this command."""
    groups = campaign.transfer_no_dispo.removesuffix("_ONLY").split("_AND_")
    return kind is not None and TRANSFER_GROUPS.get(kind) in groups


def list_choices(rules: Rules, session: Session) -> list[Disposition]:
    """Return the codes that an agent may choose for the call, or for the last one, in order.

    Codes that do not say whether the customer was reached as the call was come last. They are offered after an
    answered call, because a machine answers, too.
    """
    dispositions = [
        disposition for disposition in rules.dispositions.values() if not _explain_mismatch(disposition, session)
    ]
    is_connected = session.last.talked
    return sorted(
        dispositions,
        key=lambda disposition: ((disposition.reached == "NO") is is_connected, disposition.place, disposition.id),
    )


def explain_refusal(
    rules: Rules, session: Session, status: str, notes: str, *, is_callback_promised: bool = False, hint: str = ""
) -> str:
    """Return why an agent cannot choose the code for the call, or for the last one, or "".

    `is_callback_promised` is whether a time for the callback comes with the code. `hint` is added to the
    reason.
    """
    disposition = rules.dispositions.get(status)
    if disposition is None:
        return reasons.DISPOSITION_UNKNOWN.text(status=status, hint=hint)
    if mismatch := _explain_mismatch(disposition, session, hint):
        return mismatch
    if disposition.scheduled_callback == "Y" and not is_callback_promised:
        return reasons.DISPOSITION_WITHOUT_TIME.text(status=status)
    lacks_notes = disposition.notes_required == "Y" and not notes.strip()
    return reasons.DISPOSITION_WITHOUT_NOTES.text(status=status) if lacks_notes else ""


def _explain_mismatch(disposition: Disposition, session: Session, hint: str = "") -> str:
    campaign, last_call = session.campaign, session.last
    if disposition.selectable != "Y":
        return reasons.DISPOSITION_NOT_SELECTABLE.text(status=disposition.id, hint=hint)
    if disposition.campaigns and campaign not in disposition.campaigns:
        return reasons.DISPOSITION_OF_OTHER_CAMPAIGNS.text(status=disposition.id, campaign=campaign, hint=hint)
    if disposition.ingroups and last_call.ingroup not in disposition.ingroups:
        ingroup = last_call.ingroup or "no in-group"
        return reasons.DISPOSITION_OF_OTHER_INGROUPS.text(status=disposition.id, ingroup=ingroup, hint=hint)
    if not (session.call or last_call.call):
        return ""
    if disposition.direction not in ("BOTH", "OUTBOUND" if last_call.outbound else "INBOUND"):
        direction = disposition.direction.lower()
        return reasons.DISPOSITION_OF_OTHER_DIRECTION.text(status=disposition.id, direction=direction, hint=hint)
    if disposition.reached == "YES" and not last_call.talked:
        return reasons.DISPOSITION_NOT_REACHED.text(status=disposition.id, hint=hint)
    return ""


def list_pause_choices(rules: Rules, campaign_id: str) -> list[PauseCode]:
    """Return the pause codes that an agent of this campaign may choose, in order."""
    pause_codes = (pause_code for _, pause_code in sorted(rules.pause_codes.items()))
    return [pause_code for pause_code in pause_codes if not pause_code.campaigns or campaign_id in pause_code.campaigns]


def explain_pause_refusal(rules: Rules, campaign_id: str, pause_code_id: str, hint: str = "") -> str:
    """Return why an agent of this campaign cannot pause with this code, or "". Without pause codes, any code fits.

    `hint` is added to the reason.
    """
    rule = rules.campaign(campaign_id).agent_pause_codes_active
    if not pause_code_id:
        return reasons.PAUSE_CODE_NEEDED.text(campaign=campaign_id, hint=hint) if rule == "FORCE" else ""
    is_choice = any(pause_code.id == pause_code_id for pause_code in list_pause_choices(rules, campaign_id))
    if rule == "N" or is_choice:
        return ""
    return reasons.PAUSE_CODE_UNKNOWN.text(pause_code=pause_code_id, campaign=campaign_id, hint=hint)
