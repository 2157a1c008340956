"""The part of the call process in browser phones, as the API process asks for it."""

from ari_app.link.call_client import CallLink
from ari_app.link.call_control import CallProcessAway
from ari_app.link.phone_requests import CallProcessPhones
from ari_app.link.requests import RequestFailed, remote

WITHIN = 3.0  # seconds


def remote_phones(link: CallLink) -> CallProcessPhones:
    """Return the phones of the call process. Their methods raise CallProcessAway."""
    return remote(CallProcessPhones, link, WITHIN, _unanswered)


def _unanswered(error: CallProcessAway | TimeoutError) -> CallProcessAway:
    if isinstance(error, TimeoutError):
        return CallProcessAway(
            "phone_token_late", "the call process has not answered in {limit:.0f} s; try again", limit=WITHIN
        )
    if isinstance(error, RequestFailed):
        return CallProcessAway("phone_token_refused", "the call process gives no token: {why}", why=error)
    return error
