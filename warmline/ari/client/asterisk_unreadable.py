"""The error of requests that read Asterisk. This file is its own, because the guard loads as little as it can."""

from warmline.text.coded_error import CodedError


class AsteriskUnreadable(CodedError):
    """Asterisk refused a request, or did not answer it."""
