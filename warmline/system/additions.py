"""Loads what the packages of contrib add to the core: see `contrib_table`."""

import logging
from collections.abc import Iterable, Iterator
from pkgutil import resolve_name
from typing import Any

log = logging.getLogger("warmline")


def load_additions(targets: Iterable[str]) -> Iterator[Any]:
    """Yield the object of each `module:attribute`. A package that is not installed is logged and left out.

    Calls and checks of the core go on without it.
    """
    for target in targets:
        try:
            addition = resolve_name(target)
        except ModuleNotFoundError as error:
            if not is_missing_package(error):
                raise
            log.error(describe_missing_package(error))
        else:
            yield addition


def is_missing_package(error: ModuleNotFoundError) -> bool:
    """Return whether the module belongs to a package of contrib."""
    return (error.name or "").startswith("warmline_contrib")


def describe_missing_package(error: ModuleNotFoundError) -> str:
    """Return the sentence about such a package."""
    return f"{error.name} is not installed; install Warmline again, in a checkout with: make setup"
