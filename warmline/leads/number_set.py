"""Looks up whether a lead has one of many numbers, with or without a country code, without comparing each of them."""

from collections.abc import Iterable, Iterator

from warmline.leads.phone_numbers import CODE, TAIL


class NumberSet:
    """The numbers of callers, in digits, and of leads, as country code and national number."""

    def __init__(self, callers: Iterable[str] = (), leads: Iterable[tuple[str, str]] = ()) -> None:
        of_leads = [*leads]
        wholes = (code + number for code, number in of_leads)
        self._all = _ByEnd({one.lstrip("0") for one in (*callers, *wholes)})
        self._plain = _ByEnd({number.lstrip("0") for code, number in of_leads if not code})
        self._national = {number.lstrip("0") for code, number in of_leads if code}

    def has(self, code: str, number: str, least: int = TAIL) -> bool:
        """Return whether a lead's number is one of these, by the rule of `phone_numbers.is_of`.

        Numbers of different length must have `least` digits in common if it is unknown what stands before them.
        """
        whole, national = (code + number).lstrip("0"), number.lstrip("0")
        if self._all.has(whole) or whole in self._national or (code and self._all.has(national)):
            return True
        return (self._plain if code else self._all).has_end(whole, least)


class _ByEnd:
    """Numbers without zeros before them, and what is left of each without the digits that may be a country code."""

    def __init__(self, numbers: set[str]) -> None:
        self._numbers = numbers
        self._ends = {end for number in numbers for end in _ends(number)}

    def has(self, number: str) -> bool:
        return number in self._numbers

    def has_end(self, number: str, least: int) -> bool:
        """Return whether one of the numbers is the end of this one, or the other way round."""
        if len(number) >= least and number in self._ends:
            return True
        return any(end in self._numbers for end in _ends(number) if len(end) >= least)


def _ends(number: str) -> Iterator[str]:
    """Yield what follows each beginning of a number that may be a country code; some keep a zero after it."""
    for begin in range(1, len(number) - TAIL + 1):
        if len(number[:begin].rstrip("0")) <= CODE:
            yield number[begin:]
