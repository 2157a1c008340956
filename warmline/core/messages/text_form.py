"""The form of a text from outside. AGI scripts load this module too, so it imports little."""

import re
from typing import NamedTuple


class TextForm(NamedTuple):
    """The allowed form of a text from outside: a pattern, the longest length in characters, an example."""

    pattern: str
    max_length: int
    example: str

    def is_match(self, text: str) -> bool:
        """Return whether a text has this form."""
        return len(text) <= self.max_length and re.fullmatch(self.pattern, text) is not None


NUMBER = TextForm(r"^\+?[0-9*#]+$", 32, "8500")
NAME = TextForm(r"^[A-Za-z0-9_-]+$", 20, "SUPPORTLINE")
CODE = TextForm(r"^[A-Za-z0-9_-]+$", 6, "SALE")
