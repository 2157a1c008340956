"""Writes docs/reference/agi-library.md from the public interface of `warmline.agi`."""

import inspect
import re
from functools import partial
from types import FunctionType

from pages.marked_text import PROJECT, cell, rows, with_tables
from warmline import agi

PAGE = PROJECT / "docs/reference/agi-library.md"
QUOTED = re.compile(r"(: |-> )'([^']+)'")  # an annotation that is a text
MODULE = re.compile(r"\b(?:[a-z_]+\.)+(?=\w)")


def interface() -> dict[str, object]:
    """Return each public name with its object, functions first."""
    found = {name: getattr(agi, name) for name in agi.__all__}
    return dict(sorted(found.items(), key=lambda item: (not isinstance(item[1], FunctionType), item[0])))


def signature(name: str, thing: "FunctionType | type") -> str:
    """Return `name(arguments) -> result` as Python writes it."""
    text = MODULE.sub("", QUOTED.sub(r"\1\2", str(inspect.signature(thing))))
    return name + text.replace("(self, ", "(").replace("(self)", "()")


def methods() -> dict[str, FunctionType]:
    """Return the public methods of AGI in their order."""
    return {name: thing for name, thing in vars(agi.AGI).items() if name[0] != "_" and isinstance(thing, FunctionType)}


def functions_text() -> str:
    """Return a section for each function."""
    sections = [
        f"### {name}\n\n```python\n{signature(name, thing)}\n```\n\n{inspect.getdoc(thing)}\n"
        for name, thing in interface().items()
        if isinstance(thing, FunctionType)
    ]
    return "\n".join(sections)


def methods_text() -> str:
    """Return a row for each method."""
    told = ((f"`{cell(signature(name, thing))}`", cell(_sentence(thing))) for name, thing in methods().items())
    return rows(("method", "meaning"), *told)


def errors_text() -> str:
    """Return a row for each exception of the channel."""
    found = [one for one in interface().values() if isinstance(one, type) and issubclass(one, agi.AGIException)]
    told = ((f"`{one.__name__}`", f"`{one.__bases__[0].__name__}`", cell(_sentence(one))) for one in found)
    return rows(("exception", "is a", "meaning"), *told)


def _sentence(thing: object) -> str:
    return " ".join((inspect.getdoc(thing) or "").split())


filled = partial(with_tables, tables={"functions": functions_text, "methods": methods_text, "errors": errors_text})
