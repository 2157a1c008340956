"""Further telephone numbers of a lead, besides `phone_number`, `alt_phone` and `address3`, each with a label or none.

A lead has them in one text: `+12125550187:office|2125550188`. The table more_number of the database follows that text.
"""

from collections.abc import Iterable
from typing import NamedTuple

from warmline.leads import phone_numbers
from warmline.options.values.option_error import OptionError

FIELD = "more_numbers"
MOST = 20  # of a lead
LONGEST_LABEL = 30  # characters
LONGEST = 1200  # characters of the text
BETWEEN, BEHIND = "|", ":"  # two numbers; a number and its label


class MoreNumber(NamedTuple):
    """A further number: its digits, after + and the country code if that is known, and its label."""

    number: str
    label: str = ""

    @property
    def digits(self) -> str:
        return self.number.removeprefix("+")

    def whole(self, code: str) -> str:
        """Return the digits as they are dialled; `code` is the country code of the lead, or ""."""
        return self.digits if self.number.startswith("+") else code + self.number

    def is_of(self, caller: str, code: str) -> bool:
        """Return whether a caller's digits are this number of a lead with that country code."""
        if self.number.startswith("+"):
            return phone_numbers.same(caller, self.digits)
        return phone_numbers.is_of(caller, code, self.number)


def read(stored: str) -> list[MoreNumber]:
    """Return the numbers that a lead has, in their order."""
    parts = (one.partition(BEHIND) for one in stored.split(BETWEEN) if one.strip())
    return [MoreNumber(number.strip(), label.strip()) for number, _, label in parts]


def checked(text: str, country: str = "") -> str:
    """Return numbers as a lead of a list with that country has them; each counts once.

    Raises OptionError for too many numbers or a label that is too long, and PhoneNumberError.
    """
    found: dict[str, str] = {}
    for one in read(text):
        code, number = phone_numbers.parted(one.number, country)
        known = bool(code) or one.number.startswith("+")
        found.setdefault(f"+{code}{number}" if known else number, " ".join(one.label.split()))
    if len(found) > MOST:
        raise OptionError(
            "lead_more_numbers_many",
            "more_numbers has {count} numbers; allowed: up to {most}",
            count=len(found),
            most=MOST,
        )
    if label := next((one for one in found.values() if len(one) > LONGEST_LABEL), ""):
        raise OptionError(
            "lead_more_numbers_label",
            "the label {label!r} in more_numbers has {length} characters, more than {most}",
            label=label,
            length=len(label),
            most=LONGEST_LABEL,
        )
    return written(MoreNumber(*one) for one in found.items())


def written(numbers: Iterable[MoreNumber]) -> str:
    """Return numbers as one text."""
    return BETWEEN.join(f"{one.number}{BEHIND}{one.label}" if one.label else one.number for one in numbers)
