"""An invented office on FreePBX, and the fates of its values."""

from pathlib import Path

from cli.imports.converted_value import Fate
from cli.imports.freepbx.freepbx_conversion import FreepbxConversion

DUMP = Path(__file__).with_name("asterisk.sql")


def fate(converted: FreepbxConversion, place: str, key: str) -> tuple[Fate, str]:
    [found] = [one for one in converted.values if (one.place, one.key) == (place, key)]
    return found.fate, found.why
