"""The type of `run`, the fixture that runs a command line."""

from collections.abc import Callable

Run = Callable[..., tuple[int, str, str]]  # exit code, stdout and stderr
