"""The audio of recordings, whole or in part: the process of the calls checks the token, and gives pieces of it."""

import re
from collections.abc import Mapping
from http import HTTPStatus
from mimetypes import guess_type

from ari_app.http.server.api_request import ApiRequest, FileAnswer, Send
from ari_app.http.server.bearer_tokens import LOCAL
from ari_app.http.server.problems import ProblemRaised, not_found
from ari_app.http.v1.live_state import JsonApi
from ari_app.records.recording_audio import PIECE, SCOPE, AudioPiece, AudioRefused
from warmline.store.database.errors import NotFound

STATUS = {
    "recording_not_allowed": HTTPStatus.FORBIDDEN,
    "recording_of_other_agent": HTTPStatus.FORBIDDEN,
    "recording_not_offered": HTTPStatus.FORBIDDEN,
    "recording_link_days": HTTPStatus.UNPROCESSABLE_ENTITY,
    "recording_link_wrong": HTTPStatus.NOT_FOUND,
    "recording_link_expired": HTTPStatus.GONE,
    "recording_link_off": HTTPStatus.GONE,
    "recording_link_revoked": HTTPStatus.GONE,
    "recording_unreadable": HTTPStatus.NOT_FOUND,
    "recordings_busy": HTTPStatus.SERVICE_UNAVAILABLE,
}
RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})", re.IGNORECASE)  # one range; several get the whole file


async def audio(api: JsonApi, request: ApiRequest) -> FileAnswer:
    """Answer with a recording's file, or with the range that the client asks for (RFC 9110).

    Raises ProblemRaised (403, 404, 416, 503), StoreError.
    """
    return await given(api, request.headers, request.path_values["id"], token_of(request))


async def given(api: JsonApi, asked: Mapping[str, str], wanted: str, token: str) -> FileAnswer:
    """Return the same for a token or a link that the process of the calls checks; `asked` are the request's headers.

    Raises ProblemRaised (403, 404, 410, 416, 503), StoreError.
    """
    file = await look(api, wanted, token)
    part = _part(asked, file)
    start, end = part or (0, file.size)

    async def tell(send: Send) -> None:
        place = start
        while place < end:
            data = (await _piece(api, wanted, token, place, min(PIECE, end - place))).data
            if not data:
                raise AudioRefused(
                    "recording_shorter", "the file of recording {recording!r} has become shorter", recording=wanted
                )
            await send(data)
            place += len(data)

    headers = {"Accept-Ranges": "bytes", "ETag": _tag(file)}
    if part:
        headers["Content-Range"] = f"bytes {start}-{end - 1}/{file.size}"
    media = guess_type(file.name)[0] or "application/octet-stream"
    status = HTTPStatus.PARTIAL_CONTENT if part else HTTPStatus.OK
    return FileAnswer(end - start, media, file.name, tell, status, headers)


async def look(api: JsonApi, recording: str, token: str) -> AudioPiece:
    """Return a recording's file without its bytes. Raises ProblemRaised (403, 404, 503), StoreError."""
    return await _piece(api, recording, token, 0, 0)


def token_of(request: ApiRequest) -> str:
    """Return the token as the client sent it: the process of the calls does not rely on the check in this one."""
    if request.asker is LOCAL:
        raise ProblemRaised(
            HTTPStatus.FORBIDDEN,
            "recording_needs_token",
            "this machine's own token gives no audio; use a token with the scope {scope}",
            scope=SCOPE,
        )
    return request.token


def problem_of(refused: AudioRefused) -> ProblemRaised:
    """Return the problem of a refusal."""
    status = STATUS.get(refused.code, HTTPStatus.SERVICE_UNAVAILABLE)
    headers = {"Retry-After": "1"} if status == HTTPStatus.SERVICE_UNAVAILABLE else None
    return ProblemRaised(status, refused.code, "{why}", headers=headers, why=refused)


def _part(asked: Mapping[str, str], file: AudioPiece) -> tuple[int, int] | None:
    """Return the first byte and the end of the range that the client asks for; None for the whole file.

    Raises ProblemRaised (416).
    """
    found = RANGE.fullmatch(asked.get("Range", "").strip())
    if found is None or not any(found.groups()) or asked.get("If-Range", _tag(file)) != _tag(file):
        return None
    first, last = found.groups()
    start = int(first) if first else max(0, file.size - int(last))
    end = min(file.size, int(last) + 1) if first and last else file.size
    if first and last and int(last) < int(first):
        return None
    if start >= end:
        raise ProblemRaised(
            HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE,
            "range_outside_file",
            "the file has {size} bytes; the range begins behind them",
            size=file.size,
            headers={"Content-Range": f"bytes */{file.size}"},
        )
    return start, end


def _tag(file: AudioPiece) -> str:
    """Return a text that changes when the file changes."""
    return f'"{file.size:x}-{file.changed:x}"'


async def _piece(api: JsonApi, recording: str, token: str, offset: int, most: int) -> AudioPiece:
    try:
        return await api.audio.piece(recording, token, offset, most)
    except NotFound as missing:
        raise not_found(missing) from None
    except AudioRefused as refused:
        raise problem_of(refused) from None
