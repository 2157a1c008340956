"""The disposition of a finished call, and the rules for dispositions and pause codes."""

from dataclasses import dataclass

from warmline.core.model.commands import Kind
from warmline.core.rules.configuration import Campaign, Disposition, PauseCode, Rules

GROUP_OF = {
    Kind.BLIND_TRANSFER: "EXTERNAL",
    Kind.LEAVE_VM: "EXTERNAL",
    Kind.LOCAL_CLOSER: "LOCAL",
    Kind.LEAVE_3WAY_CALL: "LEAVE3WAY",
}


@dataclass(frozen=True, kw_only=True)
class DispositionEntry:
    """One disposition by one agent for one call; `by` is its sender. `at` in microseconds, UTC.

    A `correction` was made by another user after the agent's disposition; its notes say why.
    """

    id: str
    call: str
    agent: str
    status: str
    at: int
    by: str = ""
    notes: str = ""
    correction: bool = False


def spared(campaign: Campaign, kind: Kind | None) -> bool:
    """Return whether `transfer_no_dispo` writes XFER for an agent who handed over the call with this command."""
    groups = campaign.transfer_no_dispo.removesuffix("_ONLY").split("_AND_")
    return kind is not None and GROUP_OF.get(kind) in groups


def choices(rules: Rules, campaign: str, ingroup: str) -> list[Disposition]:
    """Return the codes that an agent of this campaign may choose for a call of this in-group, in order."""
    return [code for _, code in sorted(rules.dispositions.items()) if not _unfit(code, campaign, ingroup)]


def why_not(rules: Rules, campaign: str, ingroup: str, status: str, notes: str, *, promised: bool = False) -> str:
    """Return why an agent of this campaign cannot choose the code for a call of this in-group, or "".

    `promised` is whether a time for the callback comes with the code.
    """
    code = rules.dispositions.get(status)
    if code is None:
        return f"there is no disposition {status}"
    if unfit := _unfit(code, campaign, ingroup):
        return unfit
    if code.scheduled_callback == "Y" and not promised:
        return f'{status} needs a time to call back, such as "callback": {{"at": "tomorrow 10:00"}}'
    return f"{status} needs notes" if code.notes_required == "Y" and not notes.strip() else ""


def _unfit(code: Disposition, campaign: str, ingroup: str) -> str:
    if code.selectable != "Y":
        return f"{code.id} is not for people to choose"
    if code.campaigns and campaign not in code.campaigns:
        return f"{code.id} is not for campaign {campaign}"
    if code.ingroups and ingroup not in code.ingroups:
        return f"{code.id} is not for calls of {ingroup or 'no in-group'}"
    return ""


def pause_choices(rules: Rules, campaign: str) -> list[PauseCode]:
    """Return the pause codes that an agent of this campaign may choose, in order."""
    codes = (code for _, code in sorted(rules.pause_codes.items()))
    return [code for code in codes if not code.campaigns or campaign in code.campaigns]


def why_not_pause(rules: Rules, campaign: str, code: str) -> str:
    """Return why an agent of this campaign cannot pause with this code, or "". Without pause codes, any code fits."""
    rule = rules.campaign(campaign).agent_pause_codes_active
    if not code:
        return f"campaign {campaign} wants a pause code" if rule == "FORCE" else ""
    known = any(choice.id == code for choice in pause_choices(rules, campaign))
    return "" if rule == "N" or known else f"there is no pause code {code} for campaign {campaign}"
