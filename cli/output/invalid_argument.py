"""The error for an invalid command line."""

from collections.abc import Iterable
from typing import Self, TypeVar

import typer

from warmline.text.coded_error import CodedError

E = TypeVar("E", bound=CodedError)


class InvalidArgument(CodedError, typer.BadParameter):
    """An invalid argument or option; the text names it and the allowed values."""

    def hinting(self, hint: str) -> Self:
        """Return the same error, with a hint after its sentence."""
        super().hinting(hint)
        self.message = str(self.args[0])  # the copy that Typer prints
        return self


def with_nearest(error: E, word: str, known: Iterable[str]) -> E:
    """Return the error; if a known word is like `word`, the error suggests it."""
    from warmline.options.values.option_types import (
        nearest,  # imported here because loading takes longer than many commands
    )

    hint = nearest(word, known)
    return error.hinting(hint) if hint else error
