"""Signed links to recordings as JSON: make one, and end those of a recording or all."""

from http import HTTPStatus
from urllib.parse import quote, urlencode

from msgspec import Struct

from ari_app.http.management import write_requests
from ari_app.http.server.api_request import ApiAnswer, ApiRequest, reply
from ari_app.http.server.problems import ProblemRaised
from ari_app.http.v1 import audio_download
from ari_app.http.v1.live_state import JsonApi
from ari_app.link.command_rights import ClientUnknown
from ari_app.live.live_records import Time, iso
from ari_app.records.privileged_write_types import RevokeRecordingLinks
from warmline.store.lookups.recording_links import RecordingLink

PREFIX = "/r"


class RecordingLinkMade(Struct, frozen=True):
    """A link that plays a recording in a browser without a login, and its end. `path` follows this server's address."""

    path: str
    until: Time


class RecordingLinksRevoked(Struct, frozen=True):
    """The recording whose links are no longer valid; "" for those of all recordings."""

    recording: str


def place(recording: str, link: RecordingLink, name: str) -> str:
    """Return the path of a link, with its query. The path ends with the file's name, by which programs save a file."""
    query = urlencode({"until": link.until, "by": link.by, "sig": link.signature})
    return f"{PREFIX}/{quote(recording, safe='')}/{quote(name, safe='')}?{query}"


async def make(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Reply with a link to a recording that the client may hear.

    Raises ProblemRaised (401, 403, 404, 503), StoreError.
    """
    wanted, token = request.path_values["id"], audio_download.token_of(request)
    file = await audio_download.look(api, wanted, token)
    try:
        made = await api.audio.links([wanted], token)
    except ClientUnknown as error:
        raise ProblemRaised(HTTPStatus.UNAUTHORIZED, error.code, "{why}", why=error) from None
    found = [link for text in made if (link := RecordingLink.of_token(text))]
    if not found:
        raise ProblemRaised(
            HTTPStatus.FORBIDDEN,
            "recording_links_off",
            "{client} may make no links; an administrator switches them on by role: warmline setting set "
            "recording_links=admin,api",
            client=request.by,
        )
    return reply(RecordingLinkMade(place(wanted, found[0], file.name), iso(found[0].until * 1_000_000)))


async def revoke(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """End the links to a recording that the client may hear. Raises ProblemRaised (403, 404, 503), StoreError."""
    wanted = request.path_values["id"]
    await write_requests.write(api, request, RevokeRecordingLinks(wanted), HTTPStatus.NOT_FOUND)
    return reply(RecordingLinksRevoked(wanted))


async def revoke_all(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """End the links to all recordings. Raises ProblemRaised (403, 503), StoreError."""
    await write_requests.write(api, request, RevokeRecordingLinks())
    return reply(RecordingLinksRevoked(""))
