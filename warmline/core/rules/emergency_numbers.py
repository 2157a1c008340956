"""Emergency numbers: a person who types one reaches it, and no program dials one."""

import re

from warmline.core.rules.configuration import Campaign

SIGNS = re.compile("[*#]")
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
    befores = ("", campaign.dial_prefix, campaign.three_way_dial_prefix)
    return next((one for one in numbers for before in befores if before + one == number), "")


def find_dialled_number(numbers: tuple[str, ...], campaign: Campaign, number: str) -> str:
    """Return the emergency number that a network may read for this number of a program, or "".

    The campaign's prefix may be a part of it. A part between * or # counts too, and a + or an international prefix
    before it does not.
    """
    befores = ("", *{campaign.dial_prefix, campaign.three_way_dial_prefix} - {"", "X"})
    bare = number.replace("+", "")
    whole = {number, *(before + number for before in befores), *(bare.removeprefix(before) for before in befores)}
    parts = {part for one in whole for part in (one.replace("+", ""), *SIGNS.split(one))}
    parts |= {part.removeprefix(code) for part in parts for code in campaign.international_prefixes}
    return next((one for one in numbers if one in parts), "")


def count_most_digits(numbers: tuple[str, ...], campaign: Campaign) -> int:
    """Return the most digits of a number without signs for which `dialled` returns an emergency number."""
    befores = (campaign.dial_prefix, campaign.three_way_dial_prefix)
    most = (max(map(len, some), default=0) for some in (numbers, befores, campaign.international_prefixes))
    return sum(most)


def choose_prefix(campaign: Campaign, before: str) -> str:
    """Return the prefix that is sent before an emergency number: one that chooses a line, such as 9.

    A prefix that is a part of telephone numbers, such as +49, 0049 or 1, would make another number of it.
    """
    of_numbers = before == "1" or before.startswith(("+", *campaign.international_prefixes))
    return "" if of_numbers else before
