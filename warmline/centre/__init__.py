"""The centre's calls in Python: `async with warmline.centre() as centre`.

`__all__` is the public interface. docs/how-to/centre-in-python.md describes it. The command line reaches the app with
the same modules. They are loaded at the first use of one of their names.
"""

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from warmline.centre.agents import Agent
    from warmline.centre.app_answer import AppAway, AppRefused, NotLoggedIn
    from warmline.centre.called import Called
    from warmline.centre.calls import Call, CallRecording
    from warmline.centre.connection import Centre
    from warmline.centre.login_file import LoginError
    from warmline.centre.recording_records import SavedRecording
    from warmline.core.model.dial_outcome import DialOutcome
    from warmline.operations.live_records import AgentNow, CallNow, CallWithAgents, EventNow
    from warmline.operations.receipts import ReceiptNow
    from warmline.store.calls.call_history import PastCall
    from warmline.store.calls.call_story import CallStory
    from warmline.store.database.errors import NotFound
    from warmline.text.coded_error import CodedError

__all__ = [
    "Agent",
    "AgentNow",
    "AppAway",
    "AppRefused",
    "Call",
    "CallNow",
    "CallRecording",
    "CallStory",
    "CallWithAgents",
    "Called",
    "Centre",
    "CodedError",
    "DialOutcome",
    "EventNow",
    "LoginError",
    "NotFound",
    "NotLoggedIn",
    "PastCall",
    "ReceiptNow",
    "SavedRecording",
]

_LAZY_MODULES = {
    "warmline.centre.agents": ("Agent",),
    "warmline.centre.app_answer": ("AppAway", "AppRefused", "NotLoggedIn"),
    "warmline.centre.called": ("Called",),
    "warmline.centre.calls": ("Call", "CallRecording"),
    "warmline.centre.connection": ("Centre",),
    "warmline.operations.live_records": ("AgentNow", "CallNow", "CallWithAgents", "EventNow"),
    "warmline.centre.login_file": ("LoginError",),
    "warmline.operations.receipts": ("ReceiptNow",),
    "warmline.centre.recording_records": ("SavedRecording",),
    "warmline.core.model.dial_outcome": ("DialOutcome",),
    "warmline.store.calls.call_history": ("PastCall",),
    "warmline.store.calls.call_story": ("CallStory",),
    "warmline.store.database.errors": ("NotFound",),
    "warmline.text.coded_error": ("CodedError",),
}


class _CallablePackage(ModuleType):
    """The package `warmline.centre`, which is also the function of that name."""

    def __call__(self, *arguments: Any, **named: Any) -> object:
        from warmline.centre.opening import centre

        return centre(*arguments, **named)


sys.modules[__name__].__class__ = _CallablePackage


if not TYPE_CHECKING:  # a type checker would accept every name

    def __getattr__(name: str) -> object:
        """Return a public name from its module, which is loaded now. Raises AttributeError."""
        for module, names in _LAZY_MODULES.items():
            if name in names:
                return getattr(import_module(module), name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
