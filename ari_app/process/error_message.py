"""Errors as the messages of programs that the app starts, and back."""

from typing import Self

from msgspec import Struct

from warmline.options.values.entity import OptionError
from warmline.store.database.database import StoreError
from warmline.store.database.errors import Conflict, NotFound
from warmline.text.coded_error import CodedError

ERRORS: tuple[type[CodedError], ...] = (NotFound, Conflict, OptionError, StoreError)


class ErrorMessage(Struct, frozen=True, tag=True):
    """An error: the name of its class, its code and its sentence."""

    kind: str
    code: str
    why: str

    @classmethod
    def of(cls, error: CodedError) -> Self:
        """Return the message of one of the ERRORS."""
        return cls(next(one.__name__ for one in ERRORS if isinstance(error, one)), error.code, str(error))

    def error(self) -> CodedError:
        """Return the error; one of an unknown class is a StoreError."""
        kind = next((one for one in ERRORS if one.__name__ == self.kind), StoreError)
        return kind(self.code, "{why}", why=self.why)
