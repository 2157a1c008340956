"""Phone numbers of leads: the country's code and the number within it, digits alone; and which are the same."""

import re

SHORTEST, LONGEST = 2, 18  # digits
TAIL = 7  # digits by which numbers are looked up: however they begin, they end alike
BETWEEN = frozenset(" +()./-\t\u00a0")  # what people write between digits
HYPHENS = frozenset("\u2010\u2011\u2012\u2013\u2212\u202f")  # and blanks, as they come from web pages
SCIENTIFIC = re.compile(r"[0-9]+(?:[.,][0-9]+)?[eE]\+?[0-9]+")  # what a spreadsheet makes of a long number
SHOWN = 30  # letters of a text that is no number
CODE = 3  # digits that a country's code has at most


def digits(text: str) -> str:
    """The digits of a number, whatever is between them."""
    return "".join(sign for sign in text if sign in "0123456789")


def is_plain(text: str, signs: str = "") -> bool:
    """Whether a number is dialled as it is written: digits and `signs`, what people write between them, a leading +.

    With anything else, such as letters, & or a comma, its digits alone are another number.
    """
    between = (BETWEEN - {"+", "/"}) | HYPHENS
    dialled = "".join(sign for sign in text.strip() if sign not in between).removeprefix("+")
    return all(sign in "0123456789" or sign in signs for sign in dialled)


def parted(text: str, country: str = "") -> tuple[str, str]:
    """The country's code ("" if none is known) and the number within it.

    With a `country` (two letters) the number must be one that can be there, or name its own country with a +; without,
    its digits are taken as they are. Raises ValueError, saying what is wrong with it.
    """
    found = digits(text)
    if SCIENTIFIC.fullmatch(text.strip()):
        raise ValueError(
            f"phone_number {text!r} is in scientific notation: format the column as text, and export again"
        )
    if strange := next((sign for sign in text if sign not in BETWEEN and not "0" <= sign <= "9"), ""):
        shown = f"{text[:SHOWN]}…" if len(text) > SHOWN else text
        raise ValueError(
            f"phone_number {shown!r} has {strange!r} in it; allowed: digits, and blanks + ( ) . / - between"
        )
    if not SHORTEST <= len(found) <= LONGEST:
        raise ValueError(f"phone_number has {len(found)} digits, not {SHORTEST} to {LONGEST}")
    return _within(text, country) if country else ("", found)


def known_country(country: str) -> bool:
    """Whether numbers of this country can be checked."""
    import phonenumbers  # 30 ms that most commands do without

    return country in phonenumbers.SUPPORTED_REGIONS


def same(one: str, other: str) -> bool:
    """Whether two numbers, digits alone, are the same: leading zeros and a country's code may be there or not."""
    short, long = sorted((one.lstrip("0"), other.lstrip("0")), key=len)
    if len(short) < TAIL:
        return short == long
    return long.endswith(short) and len(long) - len(short) <= CODE


def is_of(caller: str, code: str, number: str) -> bool:
    """Whether a caller's digits are those of a lead with this country code, or none that is known."""
    bare = caller.lstrip("0")
    return bare in (code + number, number.lstrip("0")) if code else same(bare, number)


def _within(text: str, country: str) -> tuple[str, str]:
    import phonenumbers

    try:
        parsed = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        raise ValueError(f"phone_number {text!r} cannot be read as one of {country}") from None
    if not phonenumbers.is_valid_number(parsed):
        raise ValueError(f"phone_number {text!r} exists neither in {country} nor, written so, elsewhere")
    return str(parsed.country_code), phonenumbers.national_significant_number(parsed)
