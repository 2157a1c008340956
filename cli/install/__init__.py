"""Joins an Asterisk that is there, and leaves it again."""

from warmline.text.coded_error import CodedError


class InstallError(CodedError):
    """It cannot be done as things are; the text says what is in the way, and the way out."""
