"""The error of a lab."""

from warmline.text.coded_error import CodedError


class LabError(CodedError):
    """A lab cannot be started, found or used; the text names the problem and the fix."""
