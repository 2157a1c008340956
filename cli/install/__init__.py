"""Connects Warmline to an Asterisk, and removes it again."""

from warmline.text.coded_error import CodedError


class InstallError(CodedError):
    """The installation cannot proceed; the text says what prevents it, and the fix."""
