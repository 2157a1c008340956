"""A rule about applications, options and channels that Asterisk 21 and later versions do not have."""

from collections.abc import Iterator

from warmline_contrib.dialplan_lint.application_data import argument, inner_calls, options
from warmline_contrib.dialplan_lint.dialplan import Dialplan, DialplanExtension, DialplanPriority
from warmline_contrib.dialplan_lint.lint_finding import LintFinding, at

REMOVED = ("Macro", "MacroExclusive", "MacroIf", "Monitor", "ChangeMonitor", "PauseMonitor", "UnpauseMonitor")
BY_NAME = {name.lower(): name for name in REMOVED}
CHANNELS = ("SIP", "Skinny", "MGCP", "Alsa")


def removed(plan: Dialplan) -> Iterator[LintFinding]:
    """Report each missing part once, at its first use."""
    uses: dict[str, list[tuple[DialplanExtension, DialplanPriority]]] = {}
    for extension in plan.extensions():
        for priority in extension.in_order():
            for application, data in [(priority.application, priority.data), *_inner(priority)]:
                for name in _removed(application.lower(), data):
                    uses.setdefault(name, []).append((extension, priority))
    for name, places in uses.items():
        more = f", and {len(places) - 1} times more" if len(places) > 1 else ""
        yield at("application_removed", f"{name} is used here{more}", *places[0], certain=False)


def _inner(priority: DialplanPriority) -> list[tuple[str, str]]:
    return inner_calls(priority.data) if priority.application.lower() == "execif" else []


def _removed(application: str, data: str) -> Iterator[str]:
    if application in BY_NAME:
        yield BY_NAME[application]
    if application in ("dial", "page"):
        technologies = {one.strip().partition("/")[0].lower() for one in argument(data, 0).split("&")}
        yield from (f"a channel of {name}/" for name in CHANNELS if name.lower() in technologies)
    if application == "dial" and "M" in options(argument(data, 2)):
        yield "the option M of Dial"
