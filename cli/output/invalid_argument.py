"""The error for a command line that cannot be run."""

import typer

from warmline.text.coded_error import CodedError


class InvalidArgument(CodedError, typer.BadParameter):
    """An argument or option that cannot be used; the text names it and what is allowed."""
