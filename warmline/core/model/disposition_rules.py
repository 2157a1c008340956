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
    found = [code for code in rules.dispositions.values() if not _explain_mismatch(code, session)]
    talked = session.last.talked
    return sorted(found, key=lambda code: ((code.reached == "NO") is talked, code.place, code.id))


def explain_refusal(
    rules: Rules, session: Session, status: str, notes: str, *, promised: bool = False, hint: str = ""
) -> str:
    """Return why an agent cannot choose the code for the call, or for the last one, or "".

    `promised` is whether a time for the callback comes with the code. `hint` is added to the
    reason.
    """
    code = rules.dispositions.get(status)
    if code is None:
        return reasons.DISPOSITION_UNKNOWN.text(status=status, hint=hint)
    if unfit := _explain_mismatch(code, session, hint):
        return unfit
    if code.scheduled_callback == "Y" and not promised:
        return reasons.DISPOSITION_WITHOUT_TIME.text(status=status)
    unnoted = code.notes_required == "Y" and not notes.strip()
    return reasons.DISPOSITION_WITHOUT_NOTES.text(status=status) if unnoted else ""


def _explain_mismatch(code: Disposition, session: Session, hint: str = "") -> str:
    campaign, last = session.campaign, session.last
    if code.selectable != "Y":
        return reasons.DISPOSITION_NOT_SELECTABLE.text(status=code.id, hint=hint)
    if code.campaigns and campaign not in code.campaigns:
        return reasons.DISPOSITION_OF_OTHER_CAMPAIGNS.text(status=code.id, campaign=campaign, hint=hint)
    if code.ingroups and last.ingroup not in code.ingroups:
        of = last.ingroup or "no in-group"
        return reasons.DISPOSITION_OF_OTHER_INGROUPS.text(status=code.id, ingroup=of, hint=hint)
    if not (session.call or last.call):
        return ""
    if code.direction not in ("BOTH", "OUTBOUND" if last.outbound else "INBOUND"):
        direction = code.direction.lower()
        return reasons.DISPOSITION_OF_OTHER_DIRECTION.text(status=code.id, direction=direction, hint=hint)
    if code.reached == "YES" and not last.talked:
        return reasons.DISPOSITION_NOT_REACHED.text(status=code.id, hint=hint)
    return ""


def list_pause_choices(rules: Rules, campaign: str) -> list[PauseCode]:
    """Return the pause codes that an agent of this campaign may choose, in order."""
    codes = (code for _, code in sorted(rules.pause_codes.items()))
    return [code for code in codes if not code.campaigns or campaign in code.campaigns]


def explain_pause_refusal(rules: Rules, campaign: str, code: str, hint: str = "") -> str:
    """Return why an agent of this campaign cannot pause with this code, or "". Without pause codes, any code fits.

    `hint` is added to the reason.
    """
    rule = rules.campaign(campaign).agent_pause_codes_active
    if not code:
        return reasons.PAUSE_CODE_NEEDED.text(campaign=campaign, hint=hint) if rule == "FORCE" else ""
    known = any(choice.id == code for choice in list_pause_choices(rules, campaign))
    if rule == "N" or known:
        return ""
    return reasons.PAUSE_CODE_UNKNOWN.text(pause_code=code, campaign=campaign, hint=hint)
