"""The error of a command line that names no command."""


class UnknownCommandError(Exception):
    """The word `word` names no command of the group `path`; `rest` are the words behind it."""

    def __init__(self, path: tuple[str, ...], word: str, rest: list[str]) -> None:
        super().__init__(f"there is no command {' '.join(('warmline', *path, word))!r}")
        self.path, self.word, self.rest = path, word, rest
