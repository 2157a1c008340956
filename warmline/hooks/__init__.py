"""Hooks: functions of your own that take part in decisions about calls.

`__all__` is the public interface for files of the hooks folder. docs/reference/hooks.md describes it. A name in it
keeps its fields while VERSION stays. New fields may be added.
"""

from warmline.hooks.records import AgentChoice, Caller, EndedCall, Event, FreeAgent, Route, WaitingCall

VERSION = 1  # of the interface in __all__

__all__ = ["VERSION", "AgentChoice", "Caller", "EndedCall", "Event", "FreeAgent", "Route", "WaitingCall"]
