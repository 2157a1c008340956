"""Joins an Asterisk that is there, and leaves it again."""


class InstallError(Exception):
    """It cannot be done as things are; the text says what is in the way, and the way out."""
