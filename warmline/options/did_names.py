"""Names of DIDs: a number, or a pattern that at least one number matches."""

import re
from dataclasses import dataclass

NUMBER = r"[0-9*#]{1,20}|default"
PATTERN = r"_[0-9*#XxZzNn.!\[\]-]{1,40}"
SET = r"\[([^\[\]]*)\]"


@dataclass(frozen=True, slots=True)
class DidName:
    """The type of a DID's name: a number, a pattern of Asterisk's dialplan, or `default`."""

    @property
    def allowed(self) -> str:
        return "1 to 20 of 0-9 * #, without a leading +; a pattern such as _80055501XX; or default for all others"

    def parse(self, text: str) -> str:
        """Return the name.

        Raises:
            ValueError: the text is not a name; for a pattern, the error describes the fault.
        """
        if re.fullmatch(NUMBER, text, re.ASCII):
            return text
        if not re.fullmatch(PATTERN, text, re.ASCII):
            raise ValueError
        if why := _flaw(text[1:]):
            raise ValueError(why)
        return text


def _flaw(pattern: str) -> str:
    """Return why a pattern matches no number, or other numbers than it seems to; empty if it is correct."""
    for inside in re.findall(SET, pattern):
        if not re.fullmatch(r"([0-9*#](-[0-9])?)+", inside):
            return f"[{inside}] is not a set of digits"
        if any(first > last for first, last in re.findall(r"([0-9])-([0-9])", inside)):
            return f"[{inside}] runs backwards"
    rest = re.sub(SET, "X", pattern)
    if "[" in rest or "]" in rest:
        return "[ and ] must be in pairs"
    return f"{end[0]} must be the last character" if (end := re.search(r"[.!](?=.)", rest)) else ""
