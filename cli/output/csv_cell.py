"""A cell of CSV for a spreadsheet."""

import json
import re

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")  # a terminal may execute these
# A caller chooses their number and name. A plus and digits is harmless, and stays a number for programs.
FORMULA = re.compile(r"(?!\+[0-9]+\Z)[=+\-@\t\n]")


def cell(value: object) -> object:
    """Return a value for CSV: a text that a spreadsheet would read as a formula begins with an apostrophe."""
    if isinstance(value, str):
        value = CONTROL.sub("?", value.replace("\r", "\n"))  # csv quotes a line feed
        return f"'{value}" if FORMULA.match(value) else value
    return json.dumps(value) if isinstance(value, dict | list | tuple) else value
