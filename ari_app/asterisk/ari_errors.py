"""The error for a request that Asterisk refused or did not answer."""


class AriError(Exception):
    """Asterisk refused a request. `status` is the HTTP status, or 0 if no answer came in time; `text` is the reason."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(f"{text} ({status})" if status else text)
        self.status = status
        self.text = text
