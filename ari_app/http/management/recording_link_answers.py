"""Signed links to recordings as JSON: make one, and end those of a recording or all."""

from http import HTTPStatus

from msgspec import Struct

from ari_app.http.management import write_requests
from ari_app.http.server.api_request import ApiAnswer, ApiRequest, reply
from ari_app.http.server.problems import ProblemRaised
from ari_app.http.v1 import audio_download
from ari_app.http.v1.bodies import body_errors
from ari_app.http.v1.live_state import JsonApi
from ari_app.link.command_rights import ClientUnknown
from ari_app.records.privileged_write_types import RevokeRecordingLinks
from ari_app.records.recording_audio import AudioRefused, Days
from warmline.operations.live_records import Time, iso
from warmline.store.lookups import signed_recording_links
from warmline.store.lookups.signed_recording_links import RecordingLink


class RecordingLinkBody(Struct, forbid_unknown_fields=True, omit_defaults=True):
    """The days that the link is valid: by default as many as `recording_link_days` allows, and not more."""

    days: Days | None = None


class RecordingLinkMade(Struct, frozen=True):
    """A link that plays a recording in a browser without a login, and its end. `path` follows this server's address."""

    path: str
    until: Time


class RecordingLinksRevoked(Struct, frozen=True):
    """The recording whose links are no longer valid; "" for those of all recordings."""

    recording: str


async def make(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Reply with a link to a recording that the client may hear.

    Raises ProblemRaised (401, 403, 404, 422, 503), StoreError.
    """
    wanted, token = request.path_values["id"], audio_download.token_of(request)
    file = await audio_download.look(api, wanted, token)
    body = body_errors.decoded(request, RecordingLinkBody)
    try:
        made = await api.audio.links([wanted], token, body.days)
    except ClientUnknown as error:
        raise ProblemRaised(HTTPStatus.UNAUTHORIZED, error.code, "{why}", why=error) from None
    except AudioRefused as refused:
        raise audio_download.problem_of(refused) from None
    found = [link for text in made if (link := RecordingLink.of_token(text))]
    if not found:
        why = signed_recording_links.switched_off(request.by)
        raise ProblemRaised(HTTPStatus.FORBIDDEN, why.code, "{why}", why=why)
    return reply(RecordingLinkMade(found[0].path(wanted, file.name), iso(found[0].until * 1_000_000)))


async def revoke(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """End the links to a recording that the client may hear. Raises ProblemRaised (403, 404, 503), StoreError."""
    wanted = request.path_values["id"]
    await write_requests.write(api, request, RevokeRecordingLinks(wanted), HTTPStatus.NOT_FOUND)
    return reply(RecordingLinksRevoked(wanted))


async def revoke_all(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """End the links to all recordings. Raises ProblemRaised (403, 503), StoreError."""
    await write_requests.write(api, request, RevokeRecordingLinks())
    return reply(RecordingLinksRevoked(""))
