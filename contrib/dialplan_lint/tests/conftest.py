"""The fixtures of command lines."""

from tests.cli.conftest import run  # noqa: F401 - pytest finds it here
