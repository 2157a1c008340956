"""The words between the app and the gate at an Asterisk: a header, and the paths that the gate answers itself."""

EPOCH_HEADER = "X-Warmline-Epoch"  # of the first request of each connection, and of the gate's refusal
PREFIX = "/warmline/"  # of paths that do not go to Asterisk
BEAT = f"{PREFIX}beat"  # PUT: the app works; DELETE: it ends
EPOCH = f"{PREFIX}epoch"  # GET: the highest epoch, also without one in the request
EPOCH_MOST = 10**15


class EpochAnswerError(ValueError):
    """The text is not an epoch."""


def epoch_of(text: str) -> int:
    """Return the epoch in a text of digits. Raises EpochAnswerError."""
    if not (text.isascii() and text.isdigit()) or len(text) > 16 or int(text) > EPOCH_MOST:
        raise EpochAnswerError(f"{text[:40]!r} is not an epoch; allowed: 0 to {EPOCH_MOST}")
    return int(text)
