"""Phone numbers of leads: country code and national number, digits only, and rules for equal numbers.

AGI scripts load this module too, so it imports little.
"""

from warmline.core.rules import number_text
from warmline.text.coded_error import CodedError

SHORTEST, LONGEST = 2, 18  # digits
TAIL = 7  # last digits by which numbers are looked up; equal numbers may begin differently
SHOWN = 30  # characters of an invalid number in an error
CODE = 3  # the most digits of a country code


class PhoneNumberError(CodedError):
    """A text is not a usable phone number."""


def parted(text: str, country: str = "") -> tuple[str, str]:
    """Return the country code ("" if unknown) and the national number of a text.

    With a `country` (two letters), the number must be possible there, or begin with + and its own country code. Without
    a country, only a number with + that some country has is parted. Raises PhoneNumberError.
    """
    found = checked(text)
    if country:
        return _within(text, country)
    if text.startswith("+"):
        try:
            return _within(text, "")
        except PhoneNumberError:
            pass
    return "", found


def checked(text: str) -> str:
    """Return the digits of a text that can be a number. Raises PhoneNumberError."""
    if _is_scientific(text):
        raise PhoneNumberError(
            "phone_number_scientific",
            "phone_number {value!r} is in scientific notation: format the column as text, and export again",
            value=text,
        )
    shown = f"{text[:SHOWN]}…" if len(text) > SHOWN else text
    if strange := number_text.find_strange_character(text):
        raise PhoneNumberError(
            "phone_number_sign",
            "phone_number {value!r} contains {sign!r}; allowed: digits, with blanks and ( ) . / - between them, and a "
            "leading +",
            value=shown,
            sign=strange,
        )
    found = number_text.to_digits(text)
    if not SHORTEST <= len(found) <= LONGEST:
        raise PhoneNumberError(
            "phone_number_length",
            "phone_number {value!r} needs {least} to {most} digits; given: {count}",
            value=shown,
            count=len(found),
            least=SHORTEST,
            most=LONGEST,
        )
    return found


def _is_scientific(text: str) -> bool:
    """Return whether a text has the form that a spreadsheet gives a long number, such as `1,23E+11`."""
    coefficient, has_exponent, exponent = text.strip().lower().partition("e")
    parts = [*coefficient.replace(",", ".").split("."), exponent.removeprefix("+")]
    return bool(has_exponent) and len(parts) <= 3 and all(part.isascii() and part.isdigit() for part in parts)


def known_country(country: str) -> bool:
    """Return whether numbers of this country can be checked."""
    import phonenumbers  # takes 30 ms, which most commands save

    return country in phonenumbers.SUPPORTED_REGIONS


def same(one: str, other: str) -> bool:
    """Return whether two numbers (digits only) are the same, with or without leading zeros and a country code."""
    short, long = sorted((one.lstrip("0"), other.lstrip("0")), key=len)
    if len(short) < TAIL:
        return short == long
    code = long.removesuffix(short).rstrip("0")  # some countries keep the first zero after their code
    return long.endswith(short) and len(code) <= CODE


def is_calling_code(code: str, country: str) -> bool:
    """Return whether `code` is the calling code of the country (two letters)."""
    import phonenumbers

    return code == str(phonenumbers.country_code_for_region(country))


def is_of(caller: str, code: str, number: str) -> bool:
    """Return whether a caller's digits are those of a lead; `code` is the lead's country code, or empty."""
    bare = caller.lstrip("0")
    return bare in (code + number, number.lstrip("0")) if code else same(bare, number)


def _within(text: str, country: str) -> tuple[str, str]:
    import phonenumbers

    try:
        parsed = phonenumbers.parse(text, country or None)
    except phonenumbers.NumberParseException:
        raise PhoneNumberError(
            "phone_number_unreadable",
            "phone_number {value!r} cannot be read as a number of {country}",
            value=text,
            country=country,
        ) from None
    if not phonenumbers.is_valid_number(parsed):
        raise PhoneNumberError(
            "phone_number_unassigned",
            "phone_number {value!r} is assigned neither in {country} nor, as an international number, in another "
            "country",
            value=text,
            country=country,
        )
    return str(parsed.country_code), phonenumbers.national_significant_number(parsed)
