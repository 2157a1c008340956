"""Makes the writes that need a scope, and turns their errors into problem documents."""

from collections.abc import Collection, Iterable
from http import HTTPStatus

from ari_app.http.server import bearer_tokens
from ari_app.http.server.api_request import ApiRequest
from ari_app.http.server.problems import FieldFault, ProblemRaised, invalid_request
from ari_app.http.v1.live_state import JsonApi
from ari_app.link.command_rights import ClientUnknown
from ari_app.records.privileged_write_types import PrivilegedWrite
from ari_app.records.write_results import WriteClient, WriteOutcome, WriteRefused
from warmline.options.values.entity import OptionError
from warmline.store.database.errors import Conflict, NotFound
from warmline.text.coded_error import CodedError

IN_USE = "entity_in_use"
CHANGED_SINCE = "config_changed_since"
IF_MATCH = "If-Match"
REFUSED = {
    "write_not_allowed": HTTPStatus.FORBIDDEN,
    "comment_not_allowed": HTTPStatus.FORBIDDEN,
    "comment_of_another": HTTPStatus.FORBIDDEN,
    "campaigns_bound": HTTPStatus.FORBIDDEN,
    "write_too_large": HTTPStatus.UNPROCESSABLE_ENTITY,
    "changes_wait": HTTPStatus.SERVICE_UNAVAILABLE,
    "write_ended": HTTPStatus.SERVICE_UNAVAILABLE,
}


async def write(
    api: JsonApi,
    request: ApiRequest,
    wanted: PrivilegedWrite,
    missing: HTTPStatus = HTTPStatus.UNPROCESSABLE_ENTITY,
    fields: Collection[str] = (),
) -> WriteOutcome:
    """Make a write in the name of the client. `missing` is the status for a name that does not exist.

    If the error begins with one of the `fields`, the problem names it.

    Raises ProblemRaised (401, 403, 404, 409, 412, 422, 503), StoreError, CallProcessAway.
    """
    try:
        return await api.privileged.write(wanted, WriteClient(request.by, request.token))
    except NotFound as error:
        option, _, why = str(error).partition(": ")
        faults = (FieldFault(option, why),) if option in fields else ()
        raise ProblemRaised(missing, error.code, "{why}", errors=faults, why=error) from None
    except OptionError as error:
        raise invalid(error) from None
    except Conflict as error:
        if error.code == IN_USE and request.campaigns:  # its sentence names what uses it
            raise _in_use() from None
        raise conflict(error) from None
    except ClientUnknown as error:
        raise ProblemRaised(HTTPStatus.UNAUTHORIZED, error.code, "{why}", why=error) from None
    except WriteRefused as error:
        status = REFUSED[error.code]
        headers = {"Retry-After": "1"} if status == HTTPStatus.SERVICE_UNAVAILABLE else None
        raise ProblemRaised(status, error.code, "{why}", headers=headers, why=error) from None


def conflict(error: Conflict) -> ProblemRaised:
    """Return the 409, or the 412 if another client was faster."""
    status = HTTPStatus.PRECONDITION_FAILED if error.code == CHANGED_SINCE else HTTPStatus.CONFLICT
    return ProblemRaised(status, error.code, "{why}", why=error)


def _in_use() -> ProblemRaised:
    return ProblemRaised(
        HTTPStatus.CONFLICT,
        "entity_in_use_elsewhere",
        "it cannot be deleted: another entry, which may be of other campaigns, uses it; ask an administrator",
    )


def invalid(error: CodedError, errors: Iterable[FieldFault] = ()) -> ProblemRaised:
    """Return the 422 with the code and sentence of an error, and its faults by field."""
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    return ProblemRaised(status, error.code, "{why}", errors=tuple(errors), why=error)


def allow_all(request: ApiRequest, scopes: Iterable[str], what: str) -> None:
    """Check that the client has every one of these scopes, for the route `what`. Raises ProblemRaised (403)."""
    for scope in sorted(scopes):
        bearer_tokens.allow(request.asker, scope, what)


def since(request: ApiRequest) -> int | None:
    """Return the revision that the client read, from `revision` or If-Match; None if it names none.

    Raises ProblemRaised (422).
    """
    header = request.headers.get(IF_MATCH, "").strip().removeprefix("W/").strip('"')
    given = request.query.get("revision", "" if header == "*" else header)
    if not given:
        return None
    if given.isascii() and given.isdigit() and len(given) <= 18:
        return int(given)
    raise invalid_request("revision" if "revision" in request.query else IF_MATCH, "must be the number of a revision")
