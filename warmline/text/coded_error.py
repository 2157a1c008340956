"""An error that programs know by its code and fields, and people by a sentence made of them."""

TYPE_CHECKING = False  # typing would cost an AGI script 5 ms
if TYPE_CHECKING:
    from typing import Self


class CodedError(Exception):
    """A failure that is told to its user.

    `code`: a word that stays when the sentence is reworded. `sentence`: the text, with the names of fields in braces.
    `fields`: the values. `tests/wording` holds all sentences.
    """

    def __init__(self, code: str, sentence: str, /, **fields: object) -> None:
        super().__init__(sentence.format_map(fields))
        self.code = code
        self.fields = fields

    def about(self, what: str) -> "Self":
        """The same error, with the thing that it is about in front of its sentence."""
        self.args = (f"{what}: {self}",)
        return self

    def hinting(self, hint: str) -> "Self":
        """The same error, with a hint behind its sentence."""
        self.args = (f"{self}; {hint}",)
        return self
