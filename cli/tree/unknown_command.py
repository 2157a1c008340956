"""The error of a command line that names no command."""

from warmline.text.coded_error import CodedError

WORDS = "warmline.words"  # of the context's values: the words after the name of the command


class UnknownCommandError(CodedError):
    """The word `word` is not a command of the group `path`; `rest` are the words after it."""

    def __init__(
        self, code: str, sentence: str, /, *, path: tuple[str, ...], word: str, rest: list[str], **fields: object
    ) -> None:
        super().__init__(code, sentence, path=path, word=word, rest=rest, **fields)
        self.path, self.word, self.rest = path, word, rest
