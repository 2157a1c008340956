"""Writes the reference page of `warmline.centre` from its public names and their docstrings."""

import dataclasses
import inspect
from enum import Enum
from importlib import import_module

from tools.pages.ari_library_page import show_class, show_error, show_function, show_result, show_structs
from tools.pages.marked_text import GENERATED, rows, whole_page
from warmline.centre import opening

PAGE = GENERATED / "centre-library.md"
HEAD = """Every class, result and error of `warmline.centre`. [Command calls in
Python](../../how-to/centre-in-python.md) shows how to use them."""
ERRORS_HEAD = "`CodedError` is the base of all others."
RECORDS_HEAD = "What reads return. Times are ISO 8601, or microseconds UTC if they are numbers."
RECORD_MODULES = tuple(
    f"warmline.{name}"
    for name in ("store.calls", "operations.live_records", "operations.receipts", "centre.recording_records")
)
INTERNAL = {"Centre": ("read", "begin", "command", "dial", "wait_for_end")}  # methods for the library itself


def filled(_text: str) -> str:
    """Return the page."""
    package = import_module("warmline.centre")
    kinds = [thing for name in package.__all__ if inspect.isclass(thing := getattr(package, name))]
    errors = [kind for kind in kinds if issubclass(kind, Exception)]
    records = [kind for kind in kinds if kind.__module__.startswith(RECORD_MODULES)]
    results = [kind for kind in kinds if dataclasses.is_dataclass(kind) or issubclass(kind, Enum)]
    results = [kind for kind in results if kind not in records]
    classes = [kind for kind in kinds if kind not in (*errors, *records, *results)]
    return whole_page(
        "Library of the centre's calls",
        HEAD,
        "## Functions",
        show_function("warmline.centre", inspect.unwrap(opening.centre)),
        *(part for kind in classes for part in show_class(kind, INTERNAL.get(kind.__name__, ()))),
        *("## Results", *map(show_result, results)),
        *("## Records", RECORDS_HEAD, rows(("record", "fields"), *show_structs(records))),
        *("## Errors", ERRORS_HEAD, rows(("error", "meaning"), *map(show_error, errors))),
    )
