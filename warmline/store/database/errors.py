"""Why a change of the configuration was not made."""


class NotFound(LookupError):
    """There is nothing of that name; the text names the nearest."""


class Conflict(Exception):
    """The change does not fit what is there; the text says what to do first."""
