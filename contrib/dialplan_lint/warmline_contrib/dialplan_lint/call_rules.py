"""Rules about Queue and Dial: results that are lost, and options by which a stranger can transfer."""

import re
from collections.abc import Iterator

from warmline_contrib.dialplan_lint.application_data import argument, inner_calls, options
from warmline_contrib.dialplan_lint.dialplan import Dialplan, DialplanExtension, DialplanPriority
from warmline_contrib.dialplan_lint.dialplan_files import expanded
from warmline_contrib.dialplan_lint.lint_finding import LintFinding, at

OPTIONS = {"dial": 2, "queue": 1}
RESULTS = re.compile(
    r"\$\{(ANSWEREDTIME|DIALEDTIME|DIALEDPEER\w+|MEMBER\w+|QE\w+|QUEUE\w+|ABANDONED|DIALSTATUS|HANGUPCAUSE)\b"
)
STORING = (
    "agi",
    "system",
    "trysystem",
    "userevent",
    "celgenuserevent",
    "queuelog",
    "log",
    "curl",
    "appendcdruserfield",
)
STORED = re.compile(r"(?:CDR|DB|ODBC_\w+|CURL|SHARED|REALTIME\w*|GLOBAL)\(", re.IGNORECASE)
TRANSFERS = "tTkK"
FIRST_WARMLINE = "warmline-from-trunk"


def results(plan: Dialplan) -> Iterator[LintFinding]:
    """Report steps after Queue or Dial that store the result, in contexts that do nothing at the hangup."""
    for extension in plan.extensions():
        called = ""
        for priority in extension.in_order():
            name = priority.application.lower()
            if name == "set" and "hangup_handler_push" in priority.data:
                break
            if name in OPTIONS:
                called = priority.application
            elif called and _stores(priority) and not plan.exists(extension.context, "h"):
                found = f"after {called}, {priority.text} stores the result, and [{extension.context}] has no h"
                yield at("result_lost", found, extension, priority, certain=False)
                break


def _stores(priority: DialplanPriority) -> bool:
    name = priority.application.lower()
    is_storing = name in STORING or (name == "set" and STORED.match(priority.data.strip()) is not None)
    return is_storing and RESULTS.search(priority.data) is not None


def transfers(plan: Dialplan) -> Iterator[LintFinding]:
    """Report options that let a stranger transfer or park a call, or that move a call without Warmline."""
    for extension in plan.extensions():
        for priority in extension.in_order():
            for application, data in [(priority.application, priority.data), *_inner(priority)]:
                yield from _transfers(plan, extension, priority, application, data)


def _inner(priority: DialplanPriority) -> list[tuple[str, str]]:
    return inner_calls(priority.data) if priority.application.lower() == "execif" else []


def _transfers(
    plan: Dialplan, extension: DialplanExtension, priority: DialplanPriority, application: str, data: str
) -> Iterator[LintFinding]:
    name = application.lower()
    if name not in OPTIONS:
        return
    given = argument(data, OPTIONS[name])
    chosen = [letter for letter in TRANSFERS if letter in options(given)]
    letters = ", ".join(chosen)
    if name == "queue" and set(chosen) & set("TK"):
        found = f"Queue has the options {letters}"
        yield at("caller_may_transfer", found, extension, priority, certain=False)
    if name == "dial" and set(chosen) & set("tk") and _is_trunk(plan, argument(data, 0)):
        found = f"Dial calls {argument(data, 0)} with the options {letters}"
        yield at("called_may_transfer", found, extension, priority, certain=False)
    if chosen and any(one.name == FIRST_WARMLINE for one in plan.reached(extension.context)):
        found = f"{application} has the options {letters} in a context of Warmline's callers"
        yield at("transfer_outside_warmline", found, extension, priority, certain=False)


def _is_trunk(plan: Dialplan, channels: str) -> bool:
    """Return whether Dial calls a number at a trunk: PJSIP/NUMBER@TRUNK, or IAX2/TRUNK/NUMBER. Local is no trunk."""
    names = [expanded(plan, one).strip() for one in channels.split("&")]
    return any(("@" in one or one.count("/") > 1) and not one.lower().startswith("local/") for one in names)
