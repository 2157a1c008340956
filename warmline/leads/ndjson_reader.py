"""Reads NDJSON, a JSON object on each line, record by record; a broken line is reported, and the next one is read."""

import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple, TextIO

from warmline.leads import text_encoding
from warmline.leads.csv_reader import WIDEST
from warmline.options.values.entity import OptionError

SUFFIX = ".ndjson"
LOOKED_AT = 100  # lines at the beginning of a file, which may be blank


class JsonRecord(NamedTuple):
    """The names and texts of one line, or why it has none. `line` counts from 1; `text` is as read."""

    line: int
    values: dict[str, str]
    text: str
    broken: str = ""


def is_ndjson(path: Path, encoding: str = "utf-8-sig") -> bool:
    """Return whether the first line of a file is a JSON object. Raises OSError."""
    with path.open(encoding=encoding, errors="replace") as file:
        first = next((line for _ in range(LOOKED_AT) if (line := file.readline(WIDEST)).strip()), "")
    with suppress(ValueError, RecursionError):
        return first.lstrip().startswith("{") and isinstance(json.loads(first, parse_int=str), dict)
    return False


def records(file: TextIO) -> Iterator[JsonRecord]:
    """Yield every line that is not blank."""
    number = 0
    while text := file.readline(WIDEST + 1):
        number += 1
        rest = text
        while len(rest) > WIDEST and not rest.endswith("\n"):
            rest = file.readline(WIDEST + 1)
        if not text.strip():
            continue
        try:
            if why := text_encoding.why_foreign([text], file.encoding):
                raise _broken(why)
            yield JsonRecord(number, _values(text), text)
        except OptionError as error:
            yield JsonRecord(number, {}, text, str(error))


def _values(text: str) -> dict[str, str]:
    """Return the values of a line as texts; null is an empty text. Raises OptionError."""
    if len(text) > WIDEST:
        raise _broken(f"it is longer than {WIDEST} characters")
    try:
        found = json.loads(text, parse_int=str, parse_float=str, parse_constant=str)
        text.encode()
        json.dumps(found, ensure_ascii=False).encode()  # an escaped half of a character cannot be stored
    except (ValueError, RecursionError) as error:
        raise _broken(str(error)) from None
    if not isinstance(found, dict):
        raise _broken("it is no object")
    for name, value in found.items():
        if value is not None and not isinstance(value, str):
            raise OptionError("ndjson_value_invalid", "{name!r} is neither a text nor a number", name=name[:60])
    return {name: value or "" for name, value in found.items()}


def _broken(why: str) -> OptionError:
    return OptionError("ndjson_line_invalid", "the line is no JSON object: {why}", why=why)
