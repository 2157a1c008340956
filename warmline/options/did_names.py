"""What a DID may be called: a number, or a pattern that some number can match."""

import re
from dataclasses import dataclass

NUMBER = r"[0-9*#]{1,20}|default"
PATTERN = r"_[0-9*#XxZzNn.!\[\]-]{1,40}"
SET = r"\[([^\[\]]*)\]"


@dataclass(frozen=True, slots=True)
class DidName:
    """A number, a pattern as Asterisk's dialplan has them, or `default`."""

    @property
    def allowed(self) -> str:
        return "1 to 20 of 0-9 * #, without a leading +; a pattern as _80055501XX; or default, for every other number"

    def parse(self, text: str) -> str:
        """The name. Raises ValueError, with what is wrong with a pattern."""
        if re.fullmatch(NUMBER, text, re.ASCII):
            return text
        if not re.fullmatch(PATTERN, text, re.ASCII):
            raise ValueError
        if why := _flaw(text[1:]):
            raise ValueError(why)
        return text


def _flaw(pattern: str) -> str:
    """Why no number can match a pattern, or not those that it seems to mean."""
    for inside in re.findall(SET, pattern):
        if not re.fullmatch(r"([0-9*#](-[0-9])?)+", inside):
            return f"[{inside}] is no set of digits"
        if any(first > last for first, last in re.findall(r"([0-9])-([0-9])", inside)):
            return f"[{inside}] runs backwards"
    rest = re.sub(SET, "X", pattern)
    if "[" in rest or "]" in rest:
        return "[ and ] come in pairs"
    return f"nothing comes after {end[0]}" if (end := re.search(r"[.!](?=.)", rest)) else ""
