"""An invented office on FreePBX, and the fates of its values."""

from pathlib import Path

from warmline_contrib.imports.converted_value import Fate
from warmline_contrib.imports.freepbx.freepbx_conversion import FreepbxConversion

DUMP = Path(__file__).parents[4] / "tests/cli/imports/freepbx/asterisk.sql"  # scenarios read it, too


def fate(converted: FreepbxConversion, place: str, key: str) -> tuple[Fate, str]:
    [found] = [one for one in converted.values if (one.place, one.key) == (place, key)]
    return found.fate, found.why
