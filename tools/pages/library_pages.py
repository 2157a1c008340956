"""Writes the reference pages of libraries from their public interfaces: those of AGI, and of tests of ARI."""

import inspect
import re
from collections.abc import Callable
from functools import partial
from types import FunctionType

from tools.pages.marked_text import PROJECT, cell, rows, with_tables
from warmline import agi
from warmline.agi import testing
from warmline.ari import testing as ari_testing

AGI = PROJECT / "docs/reference/agi-library.md"
ARI_TESTS = PROJECT / "docs/reference/ari-testing.md"
QUOTED = re.compile(r"(: |-> )'([^']+)'")  # an annotation that is a text
WITHIN = {"begin", "end", "installed", "keys_at", "next_outcome", "why"}  # methods for the library itself
MODULE = re.compile(r"\b(?:[a-z_]+\.)+(?=\w)")


def interface() -> dict[str, object]:
    """Return each public name with its object, functions first."""
    found = {name: getattr(agi, name) for name in agi.__all__}
    return dict(sorted(found.items(), key=lambda item: (not isinstance(item[1], FunctionType), item[0])))


def signature(name: str, thing: Callable[..., object]) -> str:
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


def testing_text() -> str:
    """Return a section for each name of `warmline.agi.testing`."""
    call, missing = testing.Call, testing.MissingSound
    texts = [
        ("Call", signature("Call", call.__init__), f"{inspect.getdoc(call)}\n\n{inspect.getdoc(call.__init__)}"),
        ("Call.run", signature("Call.run", call.run), inspect.getdoc(call.run)),
        ("load", signature("load", testing.load), inspect.getdoc(testing.load)),
        ("new_database", signature("new_database", testing.new_database), inspect.getdoc(testing.new_database)),
    ]
    sections = [f"### {name}\n\n```python\n{form}\n```\n\n{said}\n" for name, form, said in texts]
    return "\n".join([*sections, f"`{missing.__name__}` is an `AssertionError`. {inspect.getdoc(missing)}\n"])


def ari_testing_text() -> str:
    """Return a section for each name of `warmline.ari.testing` and each method of its classes."""
    sections = [_section("world", ari_testing.world)]
    for name, kind in (("World", ari_testing.World), ("Party", ari_testing.Party)):
        sections.append(f"### {name}\n\n{inspect.getdoc(kind)}\n")
        sections += [_section(f"{name}.{one}", thing) for one, thing in _methods(kind).items() if one not in WITHIN]
    sections += [_section("load", testing.load), _section("new_database", testing.new_database)]
    for error in (ari_testing.MissingSound, ari_testing.Stuck):
        sections.append(f"`{error.__name__}` is an `AssertionError`. {inspect.getdoc(error)}\n")
    return "\n".join(sections)


def _section(name: str, thing: object) -> str:
    assert inspect.isfunction(thing)
    form = signature(name, thing).replace("ScriptParty", "Party").replace("ScriptWorld", "World")
    return f"### {name}\n\n```python\n{form}\n```\n\n{inspect.getdoc(thing)}\n"


def _methods(kind: type) -> dict[str, object]:
    return {name: thing for name, thing in vars(kind).items() if name[0] != "_" and inspect.isfunction(thing)}


PAGES = {
    AGI: partial(
        with_tables,
        tables={"functions": functions_text, "methods": methods_text, "errors": errors_text, "testing": testing_text},
    ),
    ARI_TESTS: partial(with_tables, tables={"testing": ari_testing_text}),
}
