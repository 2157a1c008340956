"""A report's command line, read without Typer where that is easy: what Typer needs to convert a word takes 70 ms."""

from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module
from inspect import signature
from typing import Any, get_args

import typer

REPORTS = {
    "calls": "cli.audit.audit_calls",
    "transfers": "cli.audit.audit_transfers",
    "recordings": "cli.audit.audit_recordings",
    "agents": "cli.audit.audit_agents",
    "ingroups": "cli.audit.audit_ingroups",
    "dispositions": "cli.audit.audit_dispositions",
    "config": "cli.audit.audit_config",
    "api": "cli.audit.audit_api",
}


def report(name: str, words: Sequence[str]) -> Callable[[], None] | None:
    """The report of `warmline audit` with that name and those words; None if Typer is to read them."""
    if name not in REPORTS:
        return None
    show = import_module(REPORTS[name]).show
    given = read(show, words)
    return None if given is None else partial(show, **given)


def run(report: Callable[[], None]) -> int | None:
    """Do it; the exit code, if it has one."""
    try:
        report()
    except typer.Exit as ended:
        return ended.exit_code
    return None


def read(show: Callable[..., None], words: Sequence[str]) -> dict[str, Any] | None:
    """What the words give a command; None where they are anything but flags, and options that take a text."""
    options = dict(_options(show))
    given: dict[str, Any] = {one.name: one.default for one in signature(show).parameters.values()}
    left = list(words)
    while left:
        option, equals, value = left.pop(0).partition("=")
        name, kind = options.get(option, ("", None))
        if kind is bool and not equals:
            given[name] = True
        elif kind is str and (equals or (left and not left[0].startswith("-"))):
            given[name] = value if equals else left.pop(0)
        else:
            return None
    return given


def _options(show: Callable[..., None]) -> "list[tuple[str, tuple[str, Any]]]":
    """Each option as it is written, with the parameter that it is, and of what kind."""
    found = []
    for one in signature(show).parameters.values():
        kind, info = get_args(one.annotation)
        declared = (info.default, *(info.param_decls or ()))  # what Annotated's Option takes first, Typer moves later
        written = [text for text in declared if isinstance(text, str) and text.startswith("--")]
        found += [(text, (one.name, kind)) for text in written or [f"--{one.name}"]]
    return found
