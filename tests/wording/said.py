"""Helpers for tests: the sentence of a code, and checks of errors by code and fields instead of words."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from string import Formatter

import pytest

from tests.wording.sentences import FOLDER
from warmline.text.coded_error import CodedError


def said(code: str, /, **fields: object) -> str:
    """Return the sentence of an error, a problem or a reason with these fields, up to the first that is not given.

    The golden files have the sentences. Raises ValueError if nothing can be said.
    """
    known = ""
    for before, name, form, conversion in Formatter().parse(_texts()[code]):
        if name is not None and name not in fields:
            known += before
            break
        place = (
            "" if name is None else f"{{{name}{'!' + conversion if conversion else ''}{':' + form if form else ''}}}"
        )
        known += before.replace("{", "{{").replace("}", "}}") + place
    if not known:
        raise ValueError(f"{code}: a field is needed")
    return known.format_map(fields)


def says(text: str, code: str, /, **fields: object) -> bool:
    """Return whether a text has the sentence of that code, with these fields; others may have any value."""
    pattern = ""
    for before, name, form, conversion in Formatter().parse(_texts()[code]):
        pattern += re.escape(before)
        if name is not None and name in fields:
            pattern += re.escape(_place(name, form, conversion).format_map(fields))
        elif name is not None:
            pattern += ".*"
    return re.search(pattern, text) is not None


@contextmanager
def refused(error: type[CodedError], code: str, /, **fields: object) -> Iterator[pytest.ExceptionInfo[CodedError]]:
    """Expect an error of this class with this code and, among others, these fields."""
    with pytest.raises(error) as caught:
        yield caught
    found = caught.value
    assert (found.code, {name: found.fields.get(name) for name in fields}) == (code, fields)


def _place(name: str | None, form: str | None, conversion: str | None) -> str:
    """The part of a sentence that shows a field, as it is written."""
    if name is None:
        return ""
    return "{" + name + (f"!{conversion}" if conversion else "") + (f":{form}" if form else "") + "}"


@cache
def _texts() -> dict[str, str]:
    lines = [
        line for name in ("errors", "problems", "reasons") for line in (FOLDER / f"{name}.txt").read_text().splitlines()
    ]
    return {code: text.replace("\\n", "\n") for code, _, text in (line.partition(": ") for line in lines)}
