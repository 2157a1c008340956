"""A cell of CSV for a spreadsheet."""

import json
import re

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")  # a terminal may execute these
# A caller chooses their number and name. A plus and digits is harmless, and stays a number for programs.
# Spreadsheets of some languages read the same signs of full width (U+FF1D, U+FF0B, U+FF0D, U+FF20) as well.
FORMULA = re.compile(r"(?!\+[0-9]+\Z)[=+\-@\uff1d\uff0b\uff0d\uff20\t\n]")
# A spreadsheet that splits at ; or at tabs begins a cell there, and may not see that the text is quoted.
INNER_FORMULA = re.compile(r"(?<=[;\t\n])(?=[\"' ]*[=+\-@\uff1d\uff0b\uff0d\uff20])")


def cell(value: object) -> object:
    """Return a value for CSV: a text that a spreadsheet would read as a formula begins with an apostrophe.

    So does a part of it that would be a cell of its own in a spreadsheet that splits at other characters. A value with
    parts is JSON.
    """
    if isinstance(value, dict | list | tuple):
        value = json.dumps(value)
    if isinstance(value, str):
        value = CONTROL.sub("?", value.replace("\r", "\n"))  # csv quotes a line feed
        value = INNER_FORMULA.sub("'", value)
        return f"'{value}" if FORMULA.match(value) else value
    return value


def unmarked(text: str) -> str:
    """Return the text without the apostrophe with which `cell` begins a formula."""
    return text[1:] if text.startswith("'") and FORMULA.match(text, 1) else text
