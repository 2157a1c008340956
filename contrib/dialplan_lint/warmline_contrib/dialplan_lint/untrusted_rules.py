"""Rules about text that a caller controls: in channel names, options, commands of the shell, and conditions."""

import re
from collections.abc import Iterator

from warmline_contrib.dialplan_lint.application_data import argument, inner_calls
from warmline_contrib.dialplan_lint.dialplan import Dialplan, DialplanExtension, DialplanPriority
from warmline_contrib.dialplan_lint.lint_finding import LintFinding, at
from warmline_contrib.dialplan_lint.untrusted_text import UntrustedText, channels, expressions

OPTIONS = {"dial": 2, "queue": 1}
SHELLS = ("system", "trysystem")
QUOTED = re.compile(r'"[^"]*"')
SHELL = re.compile(r"SHELL\((.*)\)", re.DOTALL)


def untrusted(plan: Dialplan) -> Iterator[LintFinding]:
    """Report callers' text where it can change what Asterisk does."""
    texts = UntrustedText(plan)
    for extension in plan.extensions():
        for priority in extension.in_order():
            yield from _calls(texts, extension, priority, priority.application, priority.data)
            if priority.application.lower() == "execif":
                for application, data in inner_calls(priority.data):
                    yield from _calls(texts, extension, priority, application, data)
            yield from _conditions(texts, extension, priority)


def _calls(
    texts: UntrustedText, extension: DialplanExtension, priority: DialplanPriority, application: str, data: str
) -> Iterator[LintFinding]:
    name = application.lower()
    if name == "dial" and (variable := texts.within(extension, channels(data))):
        certain = variable == "EXTEN" or variable.startswith("CALLERID")
        found = f"Dial calls {channels(data).strip()}, and a caller controls {variable}"
        yield at("channel_untrusted", found, extension, priority, certain=certain)
    if name in OPTIONS and (variable := texts.within(extension, argument(data, OPTIONS[name]))):
        found = f"the options {argument(data, OPTIONS[name])} have {variable}, which a caller controls"
        yield at("options_untrusted", found, extension, priority, certain="^" not in data and "(" not in data)
    command = data if name in SHELLS else found_shell[1] if (found_shell := SHELL.search(data)) else ""
    if variable := texts.within(extension, command):
        found = f"{application} runs {command}, and a caller controls {variable}"
        yield at("command_untrusted", found, extension, priority)


def _conditions(
    texts: UntrustedText, extension: DialplanExtension, priority: DialplanPriority
) -> Iterator[LintFinding]:
    for expression in expressions(priority.data):
        if variable := texts.within(extension, expression):
            found = f"$[{expression}] has {variable}, which a caller controls"
            bare = texts.within(extension, QUOTED.sub("", expression))
            yield at("condition_untrusted" if bare else "condition_quoted", found, extension, priority, certain=False)
            return
