"""Check whether a number may be dialled, and build its endpoint.

A number from outside reaches Asterisk only through the dial template.
"""

import re
from collections.abc import Iterable, Iterator

from warmline.core.rules import emergency_numbers, extension_pattern, number_readings, number_text, reasons
from warmline.core.rules.configuration import Campaign

ALLOWED_CHARACTERS = frozenset("0123456789+*#")
MAX_NUMBER_LENGTH = 32
SIGNS = re.compile("[*#]")
TEMPLATE_DIGITS = r"[0-9+*#]*"  # digits beside {number} in a dial template, dialled with it


def build_third_endpoint(campaign: Campaign, number: str, *, override: bool = False) -> tuple[str, str]:
    """Return the endpoint to dial for a third party and "", or "" and the reason for a refusal.

    `three_way_dial_prefix` replaces `dial_prefix` before the number. If it is X or `override` is set, no prefix is
    sent.
    """
    prefix = campaign.three_way_dial_prefix or campaign.dial_prefix
    return _build_endpoint(campaign, number, "" if override or prefix == "X" else prefix)


def build_customer_endpoint(campaign: Campaign, number: str, *, override: bool = False) -> tuple[str, str]:
    """Return the same for a customer whom an agent dials: with `dial_prefix`, unless `override` is set."""
    return _build_endpoint(campaign, number, "" if override else campaign.dial_prefix)


def build_emergency_endpoint(campaign: Campaign, number: str, *, third: bool, override: bool) -> str:
    """Return the endpoint of an emergency number that a person has typed. No other rule holds for it."""
    before = campaign.three_way_dial_prefix if third and campaign.three_way_dial_prefix else campaign.dial_prefix
    sent = "" if override or before == "X" else emergency_numbers.choose_prefix(campaign, before)
    return campaign.dial_template.replace("{number}", sent + number)


def get_trunk(campaign: Campaign) -> str:
    """Return the trunk that the dial template names: `carrier` of PJSIP/{number}@carrier or of SIP/carrier/{number}."""
    _, _, far = campaign.dial_template.partition("/")
    at, names = far.rpartition("@")[2], far.split("/")
    if "@" in far and "{number}" not in at and "{number}" in names[0]:
        return at.partition("/")[0]
    return "" if "{number}" in names[0] else names[0]


def get_trailing_digits(campaign: Campaign) -> str:
    """Return the digits that the dial template sends after each number, or ""."""
    found = re.match(TEMPLATE_DIGITS, campaign.dial_template.partition("{number}")[2])
    return found[0] if found else ""


def list_readings(campaign: Campaign, number: str) -> set[str]:
    """Return every number that the far end may dial for this one, with each of the campaign's prefixes."""
    if len(number) > MAX_NUMBER_LENGTH:
        return {number}  # never dialled
    befores = ("", campaign.dial_prefix, campaign.three_way_dial_prefix)
    codes = _list_country_prefixes(campaign)
    return {
        one
        for before in befores
        for one in _list_spellings(_list_meant_numbers(campaign, number, before), codes, spare=True)
    }


def _explain_refusal(campaign: Campaign, number: str, before: str) -> str:
    """Return why the number may not be dialled with the prefix `before`, or ""."""
    if number in ("", "+"):
        return reasons.NUMBER_EMPTY.text()
    if not ALLOWED_CHARACTERS.issuperset(number) or "+" in number[1:]:
        return reasons.NUMBER_SIGNS.text()
    if len(number) > MAX_NUMBER_LENGTH:
        return reasons.NUMBER_TOO_LONG.text(limit=MAX_NUMBER_LENGTH)
    if campaign.dial_deny and (denied := _find_denying_entry(campaign, number, before)):
        return reasons.NUMBER_DENIED.text(number=number, entry=denied)
    if campaign.deny_star_codes == "Y" and SIGNS.search(number):
        return reasons.NUMBER_STAR_CODE.text(number=number)
    if campaign.dial_allow and not _is_allowed(campaign, number, before):
        hint = "; with a + it needs an entry such as _+49X." if number.startswith("+") else ""
        return reasons.NUMBER_NOT_ALLOWED.text(number=number, hint=hint)
    return ""


def _find_denying_entry(campaign: Campaign, number: str, before: str) -> str:
    """Return the entry of `dial_deny` that matches the number or what is sent for it, or "".

    A number with a country code has several spellings, and all of them count as the same number. Trunks also accept
    such a number without an international prefix. An entry that names a country is therefore also compared with
    numbers that have only digits.
    """
    codes = _list_country_prefixes(campaign)
    with_country = [entry for entry in campaign.dial_deny if _names_country(entry, codes)]
    for reading in _list_meant_numbers(campaign, number, before):
        for spelling in _list_spellings([reading], codes, spare=True):
            if found := extension_pattern.list_matches(spelling, campaign.dial_deny):
                return found[0]
        for digits in number_readings.list_country_readings(reading) if with_country else ():
            for code in codes:
                if found := extension_pattern.list_matches(code + digits, with_country):
                    return found[0]
    return ""


def _is_allowed(campaign: Campaign, number: str, before: str) -> bool:
    """Return whether `dial_allow` has the number as it was given, or the number that is sent if it has a country code.

    An entry for numbers within the country never allows a number with a +, however many digits that number has.
    """
    codes = _list_country_prefixes(campaign)
    abroad = [entry for entry in campaign.dial_allow if entry.removeprefix("_").startswith(codes)]
    if not number.startswith("+") and extension_pattern.list_matches(number, campaign.dial_allow):
        return True
    wanted = [one for one in (number, _build_sent_number(campaign, number, before)) if one.startswith(codes)]
    spellings = (one for one in _list_spellings(wanted, codes) if one.startswith(codes))
    return any(extension_pattern.list_matches(one, abroad) for one in spellings)


def _list_country_prefixes(campaign: Campaign) -> tuple[str, ...]:
    """Return the prefixes of a country code, the longest first."""
    return ("+", *sorted(campaign.international_prefixes, key=len, reverse=True))


def _names_country(entry: str, codes: tuple[str, ...]) -> bool:
    """Return whether the entry has a digit after a + or an international prefix: `_+49900X.`, but not `_00.`"""
    start = entry.removeprefix("_")
    return any(start.startswith(code) and start[len(code) : len(code) + 1].isdigit() for code in codes)


def _list_spellings(numbers: Iterable[str], codes: tuple[str, ...], *, spare: bool = False) -> Iterator[str]:
    """Return each number and its other spellings if it has a country code: for 0049… also +49…, 01149… and 49….

    With `spare`, 00490… is a spelling of +49… too. Only a list of forbidden numbers is compared with it.
    """
    for number in numbers:
        yield number
        rests = [number]
        for one in rests:  # grows in the loop: +0049… is a spelling too
            shorter = {one[len(code) :] for code in codes if one.startswith(code)}
            if spare:
                shorter |= {number_readings.strip_spare_zeros(rest) for rest in shorter}
            shorter -= {"", *rests}
            rests += sorted(shorter)
            for rest in sorted(shorter):
                yield rest
                yield from (code + rest for code in codes)


def _build_sent_number(campaign: Campaign, number: str, before: str) -> str:
    """Return what is dialled: the prefix, the number, and the digits beside it in the dial template."""
    head = re.search(f"{TEMPLATE_DIGITS}$", campaign.dial_template.partition("{number}")[0])
    return (head[0] if head else "") + before + number + get_trailing_digits(campaign)


def _list_meant_numbers(campaign: Campaign, number: str, before: str) -> Iterator[str]:
    """Return the number, what is sent for it, and every number that the far end may dial for that.

    The far end may ignore a + after the prefix and any prefix that the campaign sends the same way. It may also dial
    only the digits before or after a carrier's code with * or #, or those behind a carrier's code such as 01013.
    """
    found = dict.fromkeys(_list_direct_readings(campaign, number, before))
    yield from found
    yield from (rest for one in found for rest in number_readings.list_numbers_after_carrier_code(one))


def _list_direct_readings(campaign: Campaign, number: str, before: str) -> Iterator[str]:
    sent = _build_sent_number(campaign, number, before)
    yield from dict.fromkeys((number, before + number, sent, sent[:1] + sent[1:].replace("+", "")))
    digits = (before + number).replace("+", "")
    for prefix in (campaign.dial_prefix, campaign.three_way_dial_prefix):
        if (bare := prefix.removeprefix("+")) and digits.startswith(bare):
            yield digits.removeprefix(bare)
    if SIGNS.search(number):
        runs = SIGNS.split(digits)
        yield from (run[at:] for run in runs for at in range(len(run)))


def _build_endpoint(campaign: Campaign, number: str, before: str) -> tuple[str, str]:
    if why := _explain_refusal(campaign, number, before):
        return "", why
    return campaign.dial_template.replace("{number}", before + number), ""


def choose_third_caller_id(campaign: Campaign, customer: str, phone: str) -> str:
    """Return the caller number for a third party (`three_way_call_cid`) if the command names none.

    CUSTOMER is the customer's digits. AGENT_PHONE is the agent's phone if its name is a number. AGENT_CHOOSE and
    CUSTOM_CID without a choice, and any value that is no number, result in `campaign_cid`.
    """
    return _to_caller_id({"CUSTOMER": customer, "AGENT_PHONE": phone}.get(campaign.three_way_call_cid, ""), campaign)


def choose_customer_caller_id(campaign: Campaign, phone: str) -> str:
    """Return the caller number for a customer whom an agent dials (`manual_dial_cid`).

    It is the number of the agent's phone or `campaign_cid`.
    """
    return _to_caller_id(phone if campaign.manual_dial_cid == "AGENT_PHONE" else "", campaign)


def _to_caller_id(shown: str, campaign: Campaign) -> str:
    plus = "+" if shown.strip().startswith("+") else ""
    digits = number_text.to_dialled_digits(shown)
    return plus + digits if digits else campaign.campaign_cid
