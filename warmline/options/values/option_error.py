"""The error of an option. AGI scripts that change a lead load this module too, so it imports little."""

from warmline.text.coded_error import CodedError


class OptionError(CodedError, ValueError):
    """An invalid name or value. The text names it, the values that are allowed, and the nearest valid one."""
