"""The audio of recordings: the process of the calls checks the token, and gives the file in pieces."""

from http import HTTPStatus
from mimetypes import guess_type

from ari_app.http.server.api_request import ApiRequest, FileAnswer, Send
from ari_app.http.server.bearer_tokens import LOCAL
from ari_app.http.server.problems import ProblemRaised, not_found
from ari_app.http.v1.live_state import JsonApi
from ari_app.link.recording_audio import SCOPE, AudioPiece, AudioRefused
from warmline.store.database.errors import NotFound

STATUS = {
    "recording_not_allowed": HTTPStatus.FORBIDDEN,
    "recording_of_other_agent": HTTPStatus.FORBIDDEN,
    "recording_unreadable": HTTPStatus.NOT_FOUND,
    "recordings_busy": HTTPStatus.SERVICE_UNAVAILABLE,
}


async def audio(api: JsonApi, request: ApiRequest) -> FileAnswer:
    """Answer with a recording's file. Raises ProblemRaised (403, 404, 503), StoreError."""
    wanted, token = request.path_values["id"], _token(request)
    first = await _piece(api, wanted, token, 0)

    async def tell(send: Send) -> None:
        place, data = 0, first.data
        while place < first.size:
            if not data:
                raise AudioRefused(
                    "recording_shorter", "the file of recording {recording!r} has become shorter", recording=wanted
                )
            await send(data)
            place += len(data)
            data = (await _piece(api, wanted, token, place)).data[: first.size - place] if place < first.size else b""

    return FileAnswer(first.size, guess_type(first.name)[0] or "application/octet-stream", first.name, tell)


def _token(request: ApiRequest) -> str:
    """Return the token as the client sent it: the process of the calls does not rely on the check in this one."""
    if request.asker is LOCAL:
        raise ProblemRaised(
            HTTPStatus.FORBIDDEN,
            "recording_needs_token",
            "this machine's own token gives no audio; use a token with the scope {scope}",
            scope=SCOPE,
        )
    return request.token


async def _piece(api: JsonApi, recording: str, token: str, offset: int) -> AudioPiece:
    try:
        return await api.audio.piece(recording, token, offset)
    except NotFound as missing:
        raise not_found(missing) from None
    except AudioRefused as refused:
        status = STATUS.get(refused.code, HTTPStatus.SERVICE_UNAVAILABLE)
        headers = {"Retry-After": "1"} if status == HTTPStatus.SERVICE_UNAVAILABLE else None
        raise ProblemRaised(status, refused.code, "{why}", headers=headers, why=refused) from None
