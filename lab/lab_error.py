"""What goes wrong with a lab."""

from warmline.text.coded_error import CodedError


class LabError(CodedError):
    """A lab cannot be started, found or used; the text names the thing and the way out."""
