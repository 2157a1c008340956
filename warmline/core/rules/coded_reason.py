"""A reason for which a command does not succeed: a code for programs, and a sentence with fields for people.

The core passes on and stores only the sentence, so that the rows of the journal hold no codes.
"""

TYPE_CHECKING = False  # typing would cost an AGI script 5 ms
if TYPE_CHECKING:
    from collections.abc import Callable


class CodedReason:
    """A kind of reason. `code` never changes. `sentence` has the names of its fields in braces."""

    __slots__ = ("_form", "code", "sentence")

    def __init__(self, code: str, sentence: str) -> None:
        self.code = code
        self.sentence = sentence
        self._form: Callable[[str], object] | None = None

    def text(self, **fields: object) -> str:
        """Return the sentence with these fields. Raises KeyError if a field is missing."""
        return self.sentence.format_map(fields)

    @property
    def fixed_text(self) -> str:
        """Return the sentence without its fields."""
        return "".join(self._fixed_parts())

    def matches(self, text: str) -> bool:
        """Return whether the text is this sentence, with any values of its fields."""
        if self._form is None:
            import re  # an AGI script loads this file and never calls this function

            self._form = re.compile(".*".join(map(re.escape, self._fixed_parts())), re.DOTALL).fullmatch
        return self._form(text) is not None

    def _fixed_parts(self) -> "list[str]":
        """Return the parts before, between and after the fields."""
        import re  # for the same reason

        return [
            fragment.replace("{{", "{").replace("}}", "}") for fragment in re.split(r"\{\w+(?:!r)?\}", self.sentence)
        ]
