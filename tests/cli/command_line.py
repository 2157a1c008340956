"""What the tests of commands call `run`: it takes the words of a command line."""

from collections.abc import Callable

Run = Callable[..., tuple[int, str, str]]  # exit code, stdout and stderr
