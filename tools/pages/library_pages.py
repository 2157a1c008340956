"""Writes the reference pages of libraries from their public interfaces: those of AGI, and of tests of ARI."""

import inspect
import re
from collections.abc import Callable, Mapping
from types import FunctionType

from tools.pages.marked_text import GENERATED, cell, rows, whole_page
from warmline import agi
from warmline.agi import testing
from warmline.ari import testing as ari_testing

AGI = GENERATED / "agi-library.md"
ARI_TESTS = GENERATED / "ari-testing.md"
AGI_HEAD = """Every function and method of `warmline.agi`. [Write a script](../../how-to/scripts.md) shows how to use
them."""
METHODS_HEAD = """`AGI` is the channel, as its script controls it. Names, arguments, results and exceptions are those
of pyst2's `asterisk.agi.AGI`, with [some differences](../../how-to/coming-from-pyst2.md#what-differs). Times are in
milliseconds unless a method names seconds. `env` holds the variables that Asterisk sends first, such as
`agi_callerid` and `agi_extension`."""
CALLER_HEAD = "`agi.audio()` returns what the caller says as sound, and `agi.speech_recognize()` as text."
ERRORS_HEAD = """`CodedError` is the base of all errors about Warmline's data: a setting, a database, a lead, a
number. Its `code` is a word that stays the same if the sentence changes. `AGIException` is the base of all errors
of the channel:"""
TESTS_HEAD = """`warmline.agi.testing` calls scripts in tests, without Asterisk. [Test without
Asterisk](../../how-to/scripts.md#test-without-asterisk) has an example."""
ARI_HEAD = """Every function, argument and attribute of `warmline.ari.testing`. [Write an ARI
script](../../how-to/ari-scripts.md#test-it-without-asterisk) has an example."""
QUOTED = re.compile(r"""(: |-> )(?:'([^']+)'|"([^"]+)")""")  # an annotation that is a text
WITHIN = {"begin", "end", "installed", "keys_at", "next_outcome", "why"}  # methods for the library itself
MODULE = re.compile(r"\b(?:[a-z_]+\.)+(?=\w)")


def interface() -> dict[str, object]:
    """Return each public name with its object, functions first."""
    found = {name: getattr(agi, name) for name in agi.__all__}
    return dict(sorted(found.items(), key=lambda item: (not isinstance(item[1], FunctionType), item[0])))


def signature(name: str, thing: Callable[..., object]) -> str:
    """Return `name(arguments) -> result` as Python writes it."""
    text = MODULE.sub("", QUOTED.sub(r"\1\2\3", str(inspect.signature(thing))))
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


def methods_text(named: Mapping[str, Callable[..., object]]) -> str:
    """Return a row for each method."""
    told = ((f"`{cell(signature(name, thing))}`", cell(_sentence(thing))) for name, thing in named.items())
    return rows(("method", "meaning"), *told)


def caller_text() -> str:
    """Return a section for each class of what a caller says."""
    audio = {name: thing for name, thing in _methods(agi.CallerAudio).items() if callable(thing)}
    sections = [f"### CallerAudio\n\n{inspect.getdoc(agi.CallerAudio)}\n", f"{methods_text(audio)}\n"]
    return "\n".join([*sections, f"### RecognizedSpeech\n\n{inspect.getdoc(agi.RecognizedSpeech)}"])


def errors_text() -> str:
    """Return a row for each exception of the channel."""
    found = [one for one in interface().values() if isinstance(one, type) and issubclass(one, agi.AGIException)]
    told = ((f"`{one.__name__}`", f"`{one.__bases__[0].__name__}`", cell(_sentence(one))) for one in found)
    return rows(("exception", "is a", "meaning"), *told)


def _sentence(thing: object) -> str:
    return " ".join((inspect.getdoc(thing) or "").split())


def testing_text() -> str:
    """Return a section for each name of `warmline.agi.testing`."""
    call = testing.Call
    texts = [
        ("Call", signature("Call", call.__init__), f"{inspect.getdoc(call)}\n\n{inspect.getdoc(call.__init__)}"),
        ("Call.run", signature("Call.run", call.run), inspect.getdoc(call.run)),
        ("load", signature("load", testing.load), inspect.getdoc(testing.load)),
        ("new_database", signature("new_database", testing.new_database), inspect.getdoc(testing.new_database)),
    ]
    sections = [f"### {name}\n\n```python\n{form}\n```\n\n{said}\n" for name, form, said in texts]
    for missing in (testing.MissingSound, testing.MissingAnswer):
        sections.append(f"`{missing.__name__}` is an `AssertionError`. {inspect.getdoc(missing)}\n")
    return "\n".join(sections)


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


def agi_filled(_text: str) -> str:
    """Return the page of the library for AGI."""
    return whole_page(
        "AGI library",
        AGI_HEAD,
        *("## Functions", functions_text()),
        *("## Methods of AGI", METHODS_HEAD, methods_text(methods())),
        *("## What the caller says", CALLER_HEAD, caller_text()),
        *("## Errors", ERRORS_HEAD, errors_text()),
        *("## Tests", TESTS_HEAD, testing_text()),
    )


def ari_filled(_text: str) -> str:
    """Return the page of tests of ARI scripts."""
    return whole_page("Tests of ARI scripts", ARI_HEAD, "## Functions and classes", ari_testing_text())


PAGES = {AGI: agi_filled, ARI_TESTS: ari_filled}
