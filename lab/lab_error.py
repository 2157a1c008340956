"""What goes wrong with a lab."""


class LabError(Exception):
    """A lab cannot be started, found or used; the text names the thing and the way out."""
