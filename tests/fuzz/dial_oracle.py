"""Which channels may be made: the dial rules written a second time, with nothing of the code that decides."""

import re

from tests.fuzz.door import ForbiddenDial
from warmline.core import actions as do
from warmline.core.rules import Campaign, Rules

DENIED = ("_900.", "_1900.", "777")  # what TESTCAMP may not dial behind the doors of the APIs


def allowed(campaign: Campaign, number: str, before: str) -> bool:
    """Whether a number may be dialled with that prefix before it, by what the documents say."""
    if not re.fullmatch(r"\+?[0-9*#]+", number, re.ASCII) or len(number) > 32:
        return False
    digits = number.lstrip("+")
    meant = {number} | _meant(campaign, digits, before)
    entries = campaign.dial_allow
    if digits != number:
        meant |= {f"00{digits}", f"011{digits}"}
        entries = tuple(entry for entry in entries if re.match(r"_?\+", entry))
    denied = any(_fits(pattern, one) for pattern in campaign.dial_deny for one in meant)
    return not denied and (not campaign.dial_allow or any(_fits(pattern, number) for pattern in entries))


def judge(made: do.MakeLeg, rules: Rules) -> None:
    """It calls an agent's phone, or a number that TESTCAMP, which has no prefix, may dial. Raises ForbiddenDial."""
    campaign = rules.campaigns["TESTCAMP"]
    first, _, last = campaign.dial_template.partition("{number}")
    number = made.endpoint.removeprefix(first).removesuffix(last)
    is_phone = made.endpoint in {f"PJSIP/{agent.phone}" for agent in rules.agents.values()}
    is_dialled = made.endpoint == f"{first}{number}{last}" and allowed(campaign, number, "")
    if not (is_phone or is_dialled) or not shows_a_number(made):
        raise ForbiddenDial(f"{made.endpoint} as {made.caller!r} with {campaign}")


def shows_a_number(made: do.MakeLeg) -> bool:
    """Whether the far end is shown a number, or nothing."""
    return re.fullmatch(r"\+?[0-9]*", made.caller, re.ASCII) is not None


def _meant(campaign: Campaign, digits: str, before: str) -> set[str]:
    """What the far end may take it for: also what is behind a code with * or #, or what another prefix leaves of it."""
    meant = {digits}
    if re.search(r"[*#]", digits):
        meant |= {found[1] for found in re.finditer(r"(?=([0-9]+)(?:[*#]|$))", digits)}
    for prefix in {campaign.dial_prefix, campaign.three_way_dial_prefix} - {"", "+", "X"}:
        plain = re.escape(prefix.removeprefix("+"))
        if behind := re.fullmatch(rf"\+?{plain}(.*)", before + digits):
            meant.add(behind[1])
    return meant


def _fits(pattern: str, digits: str) -> bool:
    if not pattern.startswith("_"):
        return pattern == digits
    expression = ""
    rest = pattern[1:]
    while rest:
        sign, rest = rest[0], rest[1:]
        if sign in ".!":
            expression += ".+" if sign == "." else ".*"
            break
        if sign == "[":
            inside, _, rest = rest.partition("]")
            expression += _one_of(inside)
        elif sign != "-":
            expression += {"X": "[0-9]", "Z": "[1-9]", "N": "[2-9]"}.get(sign.upper(), re.escape(sign))
    return re.fullmatch(expression, digits, re.DOTALL) is not None


def _one_of(inside: str) -> str:
    """`15-8` is 1, 5, 6, 7 or 8; a - at an end is itself; nothing fits into []."""
    ranges = re.findall(r"(.)-(.)|(.)", inside, re.DOTALL)
    signs = {chr(code) for low, high, _ in ranges if low for code in range(ord(low), ord(high) + 1)}
    signs |= {one for _, _, one in ranges if one}
    return "[" + "".join(map(re.escape, sorted(signs))) + "]" if signs else r"(?!)"
