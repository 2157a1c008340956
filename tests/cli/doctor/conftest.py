"""The made-up machine of the checks."""

from tests.cli.doctor.made_machine import machine  # noqa: F401 - the fixture
