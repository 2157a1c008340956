"""Emergency numbers: a person who types one reaches it, and no program dials one."""

import re

from warmline.core.rules.configuration import Campaign

STAR_OR_HASH = re.compile("[*#]")
# The numbers of police, fire and ambulance; of a country's numbering plan and of directive (EU) 2018/1972 (112).
NUMBERS_BY_COUNTRY = {
    "DE": ("110", "112"),
    "AT": ("112", "122", "133", "144"),
    "CH": ("112", "117", "118", "144"),
    "GB": ("112", "999"),
    "IE": ("112", "999"),
    "US": ("911",),
    "CA": ("911",),
    "FR": ("15", "17", "18", "112"),
    "IT": ("112", "113", "115", "118"),
    "ES": ("112",),
    "NL": ("112",),
    "AU": ("000", "112"),
    "NZ": ("111",),
}


def find_typed_number(numbers: tuple[str, ...], campaign: Campaign, number: str) -> str:
    """Return the emergency number that a person means who types this number, or "".

    They may type the prefix of the campaign before it.
    """
    prefixes = ("", campaign.dial_prefix, campaign.three_way_dial_prefix)
    for emergency_number in numbers:
        if any(prefix + emergency_number == number for prefix in prefixes):
            return emergency_number
    return ""


def find_dialled_number(numbers: tuple[str, ...], campaign: Campaign, number: str) -> str:
    """Return the emergency number that a network may read for this number of a program, or "".

    The campaign's prefix may be a part of it. A part between * or # counts too, and a + or an international prefix
    before it does not.
    """
    prefixes = ("", *{campaign.dial_prefix, campaign.three_way_dial_prefix} - {"", "X"})
    digits = number.replace("+", "")
    readings = {
        number,
        *(prefix + number for prefix in prefixes),
        *(digits.removeprefix(prefix) for prefix in prefixes),
    }
    segments = {segment for reading in readings for segment in (reading.replace("+", ""), *STAR_OR_HASH.split(reading))}
    segments |= {
        segment.removeprefix(country_prefix)
        for segment in segments
        for country_prefix in campaign.international_prefixes
    }
    return next((emergency_number for emergency_number in numbers if emergency_number in segments), "")


def count_most_digits(numbers: tuple[str, ...], campaign: Campaign) -> int:
    """Return the most digits of a number without signs for which `dialled` returns an emergency number."""
    prefixes = (campaign.dial_prefix, campaign.three_way_dial_prefix)
    max_lengths = (max(map(len, texts), default=0) for texts in (numbers, prefixes, campaign.international_prefixes))
    return sum(max_lengths)


def choose_prefix(campaign: Campaign, campaign_prefix: str) -> str:
    """Return the prefix that is sent before an emergency number: one that chooses a line, such as 9.

    A prefix that is a part of telephone numbers, such as +49, 0049 or 1, would make another number of it.
    """
    is_part_of_numbers = campaign_prefix == "1" or campaign_prefix.startswith(("+", *campaign.international_prefixes))
    return "" if is_part_of_numbers else campaign_prefix
