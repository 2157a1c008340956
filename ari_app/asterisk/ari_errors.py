"""What Asterisk refuses."""


class AriError(Exception):
    """Asterisk refused a request: `status` is HTTP's, or 0 if no answer came in time; `text` says why."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(f"{text} ({status})" if status else text)
        self.status = status
        self.text = text
