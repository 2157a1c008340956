"""The errors for a request that Asterisk refused or did not answer, and for an app that leads no more."""

from warmline.ari.client.asterisk_unreadable import AsteriskUnreadable
from warmline.text.coded_error import CodedError


class AriError(AsteriskUnreadable):
    """Asterisk refused a request. `status` is the HTTP status, or 0 if no answer came in time; `text` is the reason."""

    def __init__(self, status: int, code: str, sentence: str, /, **fields: object) -> None:
        super().__init__(code, sentence, **fields)
        self.status = status
        self.text = str(self)
        if status:
            self.args = (f"{self.text} ({status})",)


class AnotherLeadsError(CodedError):
    """An app with a higher epoch leads; this one must do nothing more."""
