"""The errors of ARI scripts. AriError, from the client, is the error of a request that Asterisk refused."""

from warmline.text.coded_error import CodedError


class ChannelGone(CodedError):
    """The party has hung up, or the call has been handed over: no more can be done with the channel."""


class NotPlayed(CodedError):
    """Asterisk could not play a sound or write a recording; the text names it."""


def build_not_played(sound: str, reason: str) -> NotPlayed:
    """Return the error for a sound that Asterisk could not play."""
    return NotPlayed("ari_not_played", "{sound} was not played: {reason}", sound=sound, reason=reason)


class Refused(CodedError):
    """Warmline's rules forbid the destination; the text says why."""


class ConnectionLost(CodedError):
    """The connection to Asterisk has ended for good; the text says why."""


def build_no_centre_error(contents: str) -> CodedError:
    """Return the error of a script that wants what only the database of a centre has."""
    return CodedError(
        "ari_no_centre",
        "{contents} are in the database of Warmline, and this script has none, because it was connected with url=…",
        contents=contents,
    )
