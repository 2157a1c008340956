"""Check whether a number may be dialled, and build its endpoint.

A number from outside reaches Asterisk only through the dial template.
"""

import re
from collections.abc import Iterable, Iterator

from warmline.core.rules import emergency_numbers, extension_pattern, number_readings, number_text, reasons
from warmline.core.rules.configuration import Campaign

ALLOWED_CHARACTERS = frozenset("0123456789+*#")
MAX_NUMBER_LENGTH = 32
STAR_OR_HASH = re.compile("[*#]")
TEMPLATE_DIGITS = r"[0-9+*#]*"  # digits next to {number} in a dial template, dialled with it


def build_third_endpoint(campaign: Campaign, number: str, *, skips_prefix: bool = False) -> tuple[str, str]:
    """Return the endpoint to dial for a third party and "", or "" and the reason for a refusal.

    `three_way_dial_prefix` replaces `dial_prefix` before the number. If it is X or `skips_prefix` is set, no prefix is
    sent.
    """
    prefix = campaign.three_way_dial_prefix or campaign.dial_prefix
    return _build_endpoint(campaign, number, "" if skips_prefix or prefix == "X" else prefix)


def build_customer_endpoint(campaign: Campaign, number: str, *, skips_prefix: bool = False) -> tuple[str, str]:
    """Return the same for a customer whom an agent dials: with `dial_prefix`, unless `skips_prefix` is set."""
    return _build_endpoint(campaign, number, "" if skips_prefix else campaign.dial_prefix)


def build_emergency_endpoint(campaign: Campaign, number: str, *, is_third: bool, skips_prefix: bool) -> str:
    """Return the endpoint of an emergency number that a person has typed. No other rule holds for it."""
    typed_prefix = (
        campaign.three_way_dial_prefix if is_third and campaign.three_way_dial_prefix else campaign.dial_prefix
    )
    sent_prefix = "" if skips_prefix or typed_prefix == "X" else emergency_numbers.choose_prefix(campaign, typed_prefix)
    return campaign.dial_template.replace("{number}", sent_prefix + number)


def get_trunk(campaign: Campaign) -> str:
    """Return the trunk that the dial template names: `carrier` of PJSIP/{number}@carrier or of SIP/carrier/{number}."""
    _, _, address = campaign.dial_template.partition("/")
    host, segments = address.rpartition("@")[2], address.split("/")
    if "@" in address and "{number}" not in host and "{number}" in segments[0]:
        return host.partition("/")[0]
    return "" if "{number}" in segments[0] else segments[0]


def get_trailing_digits(campaign: Campaign) -> str:
    """Return the digits that the dial template sends after each number, or ""."""
    match = re.match(TEMPLATE_DIGITS, campaign.dial_template.partition("{number}")[2])
    return match[0] if match else ""


def list_readings(campaign: Campaign, number: str) -> set[str]:
    """Return every number that the far end may dial for this one, with each of the campaign's prefixes."""
    if len(number) > MAX_NUMBER_LENGTH:
        return {number}  # never dialled
    prefixes = ("", campaign.dial_prefix, campaign.three_way_dial_prefix)
    country_prefixes = _list_country_prefixes(campaign)
    return {
        spelling
        for prefix in prefixes
        for spelling in _list_spellings(
            _list_meant_numbers(campaign, number, prefix), country_prefixes, spare_zeros=True
        )
    }


def _explain_refusal(campaign: Campaign, number: str, prefix: str) -> str:
    """Return why the number may not be dialled with this prefix, or ""."""
    if number in ("", "+"):
        return reasons.NUMBER_EMPTY.text()
    if not ALLOWED_CHARACTERS.issuperset(number) or "+" in number[1:]:
        return reasons.NUMBER_SIGNS.text()
    if len(number) > MAX_NUMBER_LENGTH:
        return reasons.NUMBER_TOO_LONG.text(limit=MAX_NUMBER_LENGTH)
    if campaign.dial_deny and (denying_entry := _find_denying_entry(campaign, number, prefix)):
        return reasons.NUMBER_DENIED.text(number=number, entry=denying_entry)
    if campaign.deny_star_codes == "Y" and STAR_OR_HASH.search(number):
        return reasons.NUMBER_STAR_CODE.text(number=number)
    if campaign.dial_allow and not _is_allowed(campaign, number, prefix):
        hint = "; with a + it needs an entry such as _+49X." if number.startswith("+") else ""
        return reasons.NUMBER_NOT_ALLOWED.text(number=number, hint=hint)
    return ""


def _find_denying_entry(campaign: Campaign, number: str, prefix: str) -> str:
    """Return the entry of `dial_deny` that matches the number or what is sent for it, or "".

    A number with a country code has several spellings, and all of them count as the same number. Trunks also accept
    such a number without an international prefix. An entry that names a country is therefore also compared with
    numbers that have only digits.
    """
    country_prefixes = _list_country_prefixes(campaign)
    country_entries = [entry for entry in campaign.dial_deny if _names_country(entry, country_prefixes)]
    for reading in _list_meant_numbers(campaign, number, prefix):
        for spelling in _list_spellings([reading], country_prefixes, spare_zeros=True):
            if matches := extension_pattern.list_matches(spelling, campaign.dial_deny):
                return matches[0]
        for digits in number_readings.list_country_readings(reading) if country_entries else ():
            for country_prefix in country_prefixes:
                if matches := extension_pattern.list_matches(country_prefix + digits, country_entries):
                    return matches[0]
    return ""


def _is_allowed(campaign: Campaign, number: str, prefix: str) -> bool:
    """Return whether `dial_allow` has the number as it was given, or the number that is sent if it has a country code.

    An entry for numbers within the country never allows a number with a +, however many digits that number has.
    """
    country_prefixes = _list_country_prefixes(campaign)
    country_entries = [entry for entry in campaign.dial_allow if entry.removeprefix("_").startswith(country_prefixes)]
    if not number.startswith("+") and extension_pattern.list_matches(number, campaign.dial_allow):
        return True
    numbers = [
        candidate
        for candidate in (number, _build_sent_number(campaign, number, prefix))
        if candidate.startswith(country_prefixes)
    ]
    spellings = (
        spelling for spelling in _list_spellings(numbers, country_prefixes) if spelling.startswith(country_prefixes)
    )
    return any(extension_pattern.list_matches(spelling, country_entries) for spelling in spellings)


def _list_country_prefixes(campaign: Campaign) -> tuple[str, ...]:
    """Return the prefixes of a country code, the longest first."""
    return ("+", *sorted(campaign.international_prefixes, key=len, reverse=True))


def _names_country(entry: str, country_prefixes: tuple[str, ...]) -> bool:
    """Return whether the entry has a digit after a + or an international prefix: `_+49900X.`, but not `_00.`"""
    digits = entry.removeprefix("_")
    return any(
        digits.startswith(prefix) and digits[len(prefix) : len(prefix) + 1].isdigit() for prefix in country_prefixes
    )


def _list_spellings(
    numbers: Iterable[str], country_prefixes: tuple[str, ...], *, spare_zeros: bool = False
) -> Iterator[str]:
    """Return each number and its other spellings if it has a country code: for 0049… also +49…, 01149… and 49….

    With `spare_zeros`, 00490… is a spelling of +49… too. Only a list of forbidden numbers is compared with it.
    """
    for number in numbers:
        yield number
        local_numbers = [number]
        for number_part in local_numbers:  # grows in the loop: +0049… is a spelling too
            stripped_numbers = {
                number_part[len(prefix) :] for prefix in country_prefixes if number_part.startswith(prefix)
            }
            if spare_zeros:
                stripped_numbers |= {
                    number_readings.strip_spare_zeros(local_number) for local_number in stripped_numbers
                }
            stripped_numbers -= {"", *local_numbers}
            local_numbers += sorted(stripped_numbers)
            for local_number in sorted(stripped_numbers):
                yield local_number
                yield from (prefix + local_number for prefix in country_prefixes)


def _build_sent_number(campaign: Campaign, number: str, prefix: str) -> str:
    """Return what is dialled: the prefix, the number, and the digits next to it in the dial template."""
    leading_digits = re.search(f"{TEMPLATE_DIGITS}$", campaign.dial_template.partition("{number}")[0])
    return (leading_digits[0] if leading_digits else "") + prefix + number + get_trailing_digits(campaign)


def _list_meant_numbers(campaign: Campaign, number: str, prefix: str) -> Iterator[str]:
    """Return the number, what is sent for it, and every number that the far end may dial for that.

    The far end may ignore a + after the prefix and any prefix that the campaign sends the same way. It may also dial
    only the digits before or after a carrier's code with * or #, or those behind a carrier's code such as 01013.
    """
    readings = dict.fromkeys(_list_direct_readings(campaign, number, prefix))
    yield from readings
    yield from (
        local_number
        for reading in readings
        for local_number in number_readings.list_numbers_after_carrier_code(reading)
    )


def _list_direct_readings(campaign: Campaign, number: str, prefix: str) -> Iterator[str]:
    sent_number = _build_sent_number(campaign, number, prefix)
    yield from dict.fromkeys((number, prefix + number, sent_number, sent_number[:1] + sent_number[1:].replace("+", "")))
    digits = (prefix + number).replace("+", "")
    for campaign_prefix in (campaign.dial_prefix, campaign.three_way_dial_prefix):
        if (prefix_digits := campaign_prefix.removeprefix("+")) and digits.startswith(prefix_digits):
            yield digits.removeprefix(prefix_digits)
    if STAR_OR_HASH.search(number):
        digit_runs = STAR_OR_HASH.split(digits)
        yield from (digit_run[start:] for digit_run in digit_runs for start in range(len(digit_run)))


def _build_endpoint(campaign: Campaign, number: str, prefix: str) -> tuple[str, str]:
    if reason := _explain_refusal(campaign, number, prefix):
        return "", reason
    return campaign.dial_template.replace("{number}", prefix + number), ""


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


def _to_caller_id(wanted_number: str, campaign: Campaign) -> str:
    plus = "+" if wanted_number.strip().startswith("+") else ""
    digits = number_text.to_dialled_digits(wanted_number)
    return plus + digits if digits else campaign.campaign_cid
