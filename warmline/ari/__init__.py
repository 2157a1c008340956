"""ARI scripts for Asterisk: call a party, play, record, bring a third party, leave, and hand the call to Warmline.

`__all__` is the public interface for scripts of one's own. docs/how-to/ari-scripts.md describes it. The app uses the
same client, in `warmline.ari.client`. Modules are loaded at the first use of one of their names.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from warmline.agi.speech import Digits, Letters
    from warmline.ari import events, resources
    from warmline.ari.ari_exceptions import ChannelGone, ConnectionLost, NotPlayed, Refused
    from warmline.ari.bridge import Bridge
    from warmline.ari.call_server import serve
    from warmline.ari.channel import Channel
    from warmline.ari.client.ari_errors import AriError
    from warmline.ari.connection import connect
    from warmline.ari.conversation import Conversation
    from warmline.ari.conversation_recording import ConversationRecording
    from warmline.ari.event_reader import EventReader, EventsLost
    from warmline.ari.outcomes import Called, DialOutcome, Reconnected, Recorded, UnknownEvent
    from warmline.ari.playback import Playback
    from warmline.ari.recording import Recording
    from warmline.ari.running_script import Ari
    from warmline.text.coded_error import CodedError

__all__ = [
    "Ari",
    "AriError",
    "Bridge",
    "Called",
    "Channel",
    "ChannelGone",
    "CodedError",
    "ConnectionLost",
    "Conversation",
    "ConversationRecording",
    "DialOutcome",
    "Digits",
    "EventReader",
    "EventsLost",
    "Letters",
    "NotPlayed",
    "Playback",
    "Reconnected",
    "Recorded",
    "Recording",
    "Refused",
    "UnknownEvent",
    "connect",
    "events",
    "resources",
    "serve",
]

_LAZY_MODULES = {
    "warmline.ari.bridge": ("Bridge",),
    "warmline.ari.call_server": ("serve",),
    "warmline.ari.channel": ("Channel",),
    "warmline.ari.client.ari_errors": ("AriError",),
    "warmline.ari.running_script": ("Ari",),
    "warmline.ari.connection": ("connect",),
    "warmline.ari.conversation": ("Conversation",),
    "warmline.ari.conversation_recording": ("ConversationRecording",),
    "warmline.ari.event_reader": ("EventReader", "EventsLost"),
    "warmline.ari.outcomes": ("Called", "DialOutcome", "Reconnected", "Recorded", "UnknownEvent"),
    "warmline.ari.playback": ("Playback",),
    "warmline.ari.recording": ("Recording",),
    "warmline.ari.ari_exceptions": ("ChannelGone", "ConnectionLost", "NotPlayed", "Refused"),
    "warmline.agi.speech": ("Digits", "Letters"),
    "warmline.text.coded_error": ("CodedError",),
}


if not TYPE_CHECKING:  # a type checker would accept every name

    def __getattr__(name: str) -> object:
        """Return a public name from its module, which is loaded now. Raises AttributeError."""
        for module, names in _LAZY_MODULES.items():
            if name in names:
                return getattr(import_module(module), name)
        if name in ("events", "resources"):
            return import_module(f"warmline.ari.{name}")
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
