"""The error for a command line that cannot be run."""

from collections.abc import Iterable
from typing import Self, TypeVar

import typer

from warmline.text.coded_error import CodedError

E = TypeVar("E", bound=CodedError)


class InvalidArgument(CodedError, typer.BadParameter):
    """An argument or option that cannot be used; the text names it and what is allowed."""

    def hinting(self, hint: str) -> Self:
        """The same error, with a hint behind its sentence."""
        super().hinting(hint)
        self.message = str(self.args[0])  # the framework's copy
        return self


def with_nearest(error: E, word: str, known: Iterable[str]) -> E:
    """Return the error, with the known word that is nearest behind its sentence if one is near."""
    from warmline.options.option_types import nearest  # only now: takes longer to load than many a command

    hint = nearest(word, known)
    return error.hinting(hint) if hint else error
