"""Errors with a code and fields for programs, and a sentence for people."""

TYPE_CHECKING = False  # typing would cost an AGI script 5 ms
if TYPE_CHECKING:
    from typing import Self


class CodedError(Exception):
    """A failure that is reported to a person.

    `code` is a word that stays the same if the sentence changes. `sentence` is the text, with names of fields in
    braces, and `fields` has their values. `tests/wording` lists all sentences.
    """

    def __init__(self, code: str, sentence: str, /, **fields: object) -> None:
        super().__init__(sentence.format_map(fields))
        self.code = code
        self.fields = fields

    def about(self, what: str) -> "Self":
        """Return the same error with its subject before the sentence."""
        self.args = (f"{what}: {self}",)
        return self

    def hinting(self, hint: str) -> "Self":
        """Return the same error with a hint after the sentence."""
        self.args = (f"{self}; {hint}",)
        return self


class ScriptError(CodedError):
    """An AGI script of one's own, or its recorded session, cannot be used."""
