"""The calls that the app did not have."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FallbackTaken:
    """A call that the app did not have, read from the note that the script `fallback` left in spool/.

    `at` is the wall time in microseconds. `goto` is the place in the dialplan to which its DID sent it. Without `goto`,
    it took the fallback, or its caller hung up.
    """

    call: str
    at: int
    number: str
    dialled: str
    reason: str
    goto: str = ""
