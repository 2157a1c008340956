"""The judge of dialled channels, by one rule: no channel on the trunk is in dial_deny.

It shares no code with the dial rules: it reads the finished channel, whatever the number's original form.
"""

import re

from tests.fuzz.entry_point import ForbiddenDial
from warmline.core.messages import actions as do
from warmline.core.rules.configuration import Campaign, Rules

DENIED = ("_900.", "_1900.", "777")  # numbers that TESTCAMP may not dial by any API
SETS = {"X": "[0-9]", "Z": "[1-9]", "N": "[2-9]", ".": ".+", "!": ".*", "-": ""}


def denied(campaign: Campaign, endpoint: str) -> str:
    """Return the entry of dial_deny that contains the channel's number, or "".

    A number with a country code is the same number with +, with the prefix that replaces +, and without both.
    """
    first, _, last = campaign.dial_template.partition("{number}")
    number = endpoint[len(first) : len(endpoint) - len(last)]
    dialled = _digits_at_end(first) + number + _digits_at_end(last[::-1])[::-1]
    countries = _behind_codes(campaign, dialled)
    for entry in campaign.dial_deny:
        if any(re.fullmatch(_expression(entry), one, re.DOTALL) for one in (number, dialled, *countries)):
            return entry
        for bare in _behind_codes(campaign, entry.removeprefix("_")):
            pattern = _expression("_" + bare if entry[0] == "_" else bare)
            # An entry without a country, such as _00., is only about numbers with such a prefix.
            asked = countries or ({dialled} if bare[:1].isdigit() else set())
            if any(re.fullmatch(pattern, one, re.DOTALL) for one in asked):
                return entry
    return ""


def judge(made: do.CreateChannel, rules: Rules) -> None:
    """Check that it calls an agent's phone, or an allowed number of TESTCAMP, which has no prefix.

    Raises ForbiddenDial.
    """
    campaign = rules.campaigns["TESTCAMP"]
    is_phone = made.endpoint in {f"PJSIP/{agent.phone}" for agent in rules.agents.values()}
    is_dialled = has_a_number(campaign, made.endpoint) and not denied(campaign, made.endpoint)
    if not (is_phone or is_dialled) or not shows_a_number(made):
        raise ForbiddenDial(f"{made.endpoint} as {made.caller!r} with {campaign}")


def has_a_number(campaign: Campaign, endpoint: str) -> bool:
    """Return whether the channel is the campaign's dial template with a number, and nothing else."""
    first, last = map(re.escape, campaign.dial_template.split("{number}"))
    return re.fullmatch(rf"{first}[0-9*#+]*[0-9*#]{last}", endpoint, re.ASCII) is not None


def shows_a_number(made: do.CreateChannel) -> bool:
    """Return whether the far end sees a number, or nothing."""
    return re.fullmatch(r"\+?[0-9]*", made.caller, re.ASCII) is not None


def _digits_at_end(text: str) -> str:
    return text[len(text.rstrip("0123456789*#+")) :]


def _behind_codes(campaign: Campaign, text: str) -> set[str]:
    """Return the digits after + or its prefix; "" without both. One 0 behind 44 or 49 of a whole number is spare."""
    found = {text[len(code) :] for code in ("+", *campaign.international_prefixes) if text.startswith(code)} - {""}
    return found | {re.sub("^(44|49)0", r"\1", one) for one in found if re.fullmatch(r"4[49]0[1-9][0-9]{8,}", one)}


def _expression(entry: str) -> str:
    """Return the regular expression of an entry; everything after . and ! is ignored."""
    if not entry.startswith("_"):
        return re.escape(entry)
    found = ""
    for sign, inside in re.findall(r"(\[([^\]]*)\]?|[^\[])", entry[1:], re.DOTALL):
        found += _one_of(inside) if sign[0] == "[" else SETS.get(sign.upper(), re.escape(sign))
        if sign in (".", "!"):
            break
    return found


def _one_of(inside: str) -> str:
    """Return the characters of a set: `15-8` is 1, 5, 6, 7 or 8; a - at an end is itself; [] matches nothing."""
    ranges = re.findall(r"(.)-(.)|(.)", inside, re.DOTALL)
    signs = {chr(code) for low, high, _ in ranges if low for code in range(ord(low), ord(high) + 1)}
    signs |= {one for _, _, one in ranges if one}
    return "[" + "".join(map(re.escape, sorted(signs))) + "]" if signs else r"(?!)"
