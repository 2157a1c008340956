"""The files of Warmline that are not modules: dialplan, AGI scripts, units of systemd, the workspace and the schema.

A checkout has them in its main folder; an installed package in `warmline/files`, by packaging/warmline_build.py.
"""

from pathlib import Path

CODE = Path(__file__).resolve().parents[2]  # the folder of the packages
_PACKAGED = CODE / "warmline/files"
FILES = _PACKAGED if _PACKAGED.is_dir() else CODE

DIALPLAN, TALK_DIALPLAN = FILES / "dialplan/warmline.conf", FILES / "dialplan/warmline-talk.conf"
RECIPES = FILES / "examples/recipes"  # parts of a dialplan, and the scripts of some of them
SYSTEMD = FILES / "systemd" if (FILES / "systemd").is_dir() else CODE / "packaging/systemd"  # in a checkout
WORKSPACE = FILES / "workspace"
SCHEMA = FILES / "schema.sql"


def agi_scripts() -> list[Path]:
    """Return the scripts that Asterisk runs, in alphabetical order."""
    return sorted(file for file in (FILES / "agi-bin").iterdir() if file.is_file())
