"""The numbers that a telephone network may read for dialled digits: without spare zeros, and without carrier codes.

Country codes are those of ITU-T E.164. The carrier codes are from three numbering plans:

- of the Bundesnetzagentur: 010xy and 0100yy
- of the NANPA: 101XXXX
- of Ofcom: type A access codes, which begin with 1
"""

import re
from collections.abc import Iterator

# A 0 may begin national numbers of Italy, San Marino and the Vatican, and of Benin, Ivory Coast, Gabon and Congo.
ZERO_KEEPING_COUNTRY_CODES = frozenset(("39", "378", "379", "229", "225", "241", "242"))
TWO_DIGIT_COUNTRY_CODE = re.compile("2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]")
MIN_INTERNATIONAL_DIGITS = (
    9  # digits behind an international prefix; 0113… of Leeds and 011… of Turin have at most 8 behind 011
)
MIN_DIGITS_WITH_COUNTRY_CODE = 12  # a number with a country code and no prefix; no national number is so long
# A carrier's code, and how the number begins behind it. No whole number has so many digits behind such a beginning.
CARRIER_CODES = (
    re.compile(r"010(?:[1-9][0-9]|0[0-9]{2})(0[0-9]{8,})"),  # Germany
    re.compile(r"101[0-9]{4}([0-9]{10,})"),  # the United States and Canada
    # The United Kingdom; also 141 and 1470.
    *(re.compile(rf"1[0-9]{{{digit_count}}}(0[0-9]{{9,}})") for digit_count in (2, 3, 4)),
)


def strip_spare_zeros(digits: str) -> str:
    """Return the digits behind an international prefix without zeros before and behind the country's code.

    Many networks drop such a zero: 490900… is 49900…. In North America a 1 is spare as well.
    """
    significant_digits = digits.lstrip("0")
    if len(digits) < MIN_INTERNATIONAL_DIGITS or not significant_digits.isdecimal():
        return digits
    country_code = get_country_code(significant_digits)
    if country_code in ZERO_KEEPING_COUNTRY_CODES:
        return significant_digits
    return country_code + significant_digits[len(country_code) :].lstrip("01" if country_code == "1" else "0")


def get_country_code(digits: str) -> str:
    """Return the country code with which the digits begin, which need no prefix."""
    if digits[:1] in ("1", "7"):
        return digits[:1]
    return digits[: 2 if TWO_DIGIT_COUNTRY_CODE.match(digits) else 3]


def list_country_readings(digits: str) -> Iterator[str]:
    """Return the digits, and those without spare zeros if there are too many for a national number."""
    yield digits
    if len(digits) >= MIN_DIGITS_WITH_COUNTRY_CODE and digits[0] != "0":
        stripped_digits = strip_spare_zeros(digits)
        if stripped_digits != digits:
            yield stripped_digits


def list_numbers_after_carrier_code(digits: str) -> Iterator[str]:
    """Return each number that may follow a carrier's code at the beginning of the digits."""
    if digits[:1] in ("0", "1"):
        yield from dict.fromkeys(
            match[1] for carrier_code in CARRIER_CODES if (match := carrier_code.fullmatch(digits))
        )
