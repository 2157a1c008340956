"""The error for a request that Asterisk refused or did not answer."""

from warmline.ari.client.asterisk_unreadable import AsteriskUnreadable


class AriError(AsteriskUnreadable):
    """Asterisk refused a request. `status` is the HTTP status, or 0 if no answer came in time; `text` is the reason."""

    def __init__(self, status: int, code: str, sentence: str, /, **fields: object) -> None:
        super().__init__(code, sentence, **fields)
        self.status = status
        self.text = str(self)
        if status:
            self.args = (f"{self.text} ({status})",)
