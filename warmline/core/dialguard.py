"""May this number be dialled, and as what? A number from outside reaches Asterisk only through the dial template."""

import re
from collections.abc import Iterator

from warmline.core import did_patterns
from warmline.core.rules import Campaign

ALLOWED = frozenset("0123456789+*#")
MAX_LENGTH = 32
SIGNS = re.compile("[*#]")
ABROAD = ("00", "011")  # what stands for a +


def third(campaign: Campaign, number: str, *, override: bool = False) -> tuple[str, str]:
    """The endpoint to dial for a third party and "", or "" and why not.

    `three_way_dial_prefix` goes before the number instead of `dial_prefix`; X stands for none, and so does `override`.
    """
    prefix = campaign.three_way_dial_prefix or campaign.dial_prefix
    return _endpoint(campaign, number, "" if override or prefix == "X" else prefix)


def customer(campaign: Campaign, number: str, *, override: bool = False) -> tuple[str, str]:
    """The same for a customer whom an agent dials: with `dial_prefix`, unless `override`."""
    return _endpoint(campaign, number, "" if override else campaign.dial_prefix)


def readings(campaign: Campaign, number: str) -> set[str]:
    """Whom the number may reach: itself, and all that the far end may take it for, whichever prefix goes before it."""
    if len(number) > MAX_LENGTH:
        return {number}  # nobody dials it
    befores = ("", campaign.dial_prefix, campaign.three_way_dial_prefix)
    return {number, *(meant for before in befores for meant in _meant(campaign, number, before))}


def _problem(campaign: Campaign, number: str, before: str) -> str:
    """Why this number may not be dialled with that prefix before it, or ""."""
    if number in ("", "+"):
        return "phone_number is empty"
    if not ALLOWED.issuperset(number) or "+" in number[1:]:
        return "phone_number may have digits, *, # and a leading + only"
    if len(number) > MAX_LENGTH:
        return f"phone_number is longer than {MAX_LENGTH} characters"
    for part in (number, *_meant(campaign, number, before)):
        if denied := did_patterns.order(part, campaign.dial_deny):
            return f"{number} may not be dialled: dial_deny has {denied[0]}"
    if campaign.dial_allow and not _is_allowed(campaign, number):
        way_out = "; with a + it needs an entry such as _+49X." if number.startswith("+") else ""
        return f"{number} may not be dialled: dial_allow has nothing for it{way_out}"
    return ""


def _is_allowed(campaign: Campaign, number: str) -> bool:
    """What is meant within a country says nothing of a number with a country's code, however many digits it has."""
    entries = campaign.dial_allow
    if number.startswith("+"):
        entries = tuple(entry for entry in entries if entry.startswith(("+", "_+")))
    return bool(did_patterns.order(number, entries))


def _meant(campaign: Campaign, number: str, before: str) -> Iterator[str]:
    """What the far end may take for the number.

    That is, of a number with a +, its digits alone and behind what stands for it; whatever the campaign would send the
    same way with another of its prefixes; and what is before or behind a carrier's code with * or #.
    """
    digits = number.removeprefix("+")
    if digits != number:
        yield from (digits, *(code + digits for code in ABROAD))
    sent = (before + digits).removeprefix("+")
    for prefix in (campaign.dial_prefix, campaign.three_way_dial_prefix):
        if (bare := prefix.removeprefix("+")) and sent.startswith(bare):
            yield sent.removeprefix(bare)
    first, *others = SIGNS.split(digits)
    if others:
        yield from (run[at:] for run in (first, *others) for at in range(len(run)))


def _endpoint(campaign: Campaign, number: str, before: str) -> tuple[str, str]:
    if why := _problem(campaign, number, before):
        return "", why
    return campaign.dial_template.replace("{number}", before + number), ""


def caller_id(campaign: Campaign, customer: str, phone: str) -> str:
    """The number the third party sees (`three_way_call_cid`), if the command names none.

    CUSTOMER: the customer's digits; AGENT_PHONE: the agent's phone, if its name is a number. AGENT_CHOOSE and
    CUSTOM_CID without a choice, and what has no digits: `campaign_cid`.
    """
    return _shown({"CUSTOMER": customer, "AGENT_PHONE": phone}.get(campaign.three_way_call_cid, ""), campaign)


def own_caller_id(campaign: Campaign, phone: str) -> str:
    """The number a customer sees whom an agent dials (`manual_dial_cid`): the campaign's, or his phone's."""
    return _shown(phone if campaign.manual_dial_cid == "AGENT_PHONE" else "", campaign)


def _shown(shown: str, campaign: Campaign) -> str:
    return "".join(letter for letter in shown if letter in "+0123456789") or campaign.campaign_cid
