"""The sessions of all users, such as those of wallboards, for administrators: list them and end one."""

from http import HTTPStatus

from ari_app.http.people.own_account import SessionNow, SessionsEnded, last_seen, read_again
from ari_app.http.server.api_request import ApiAnswer, ApiRequest, reply
from ari_app.http.server.problems import ProblemRaised
from ari_app.http.v1 import agent_bounds
from ari_app.http.v1.api_route import READ_PROBLEMS, ApiRoute
from ari_app.http.v1.live_state import JsonApi
from ari_app.link.command_rights import ClientUnknown
from ari_app.records.session_writes import TO_END
from warmline.operations.live_records import iso
from warmline.store.configuration import all_sessions
from warmline.store.configuration.users import User


class SessionOfUser(SessionNow, frozen=True):
    """A session of a user. `program` is `wallboard` for a screen on the wall."""

    user: str


async def list_all(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Reply with the sessions of all users, the newest first. Raises StoreError."""
    found = await api.threads.look_up(all_sessions.sessions, api.db)
    own = request.asker.session if isinstance(request.asker, User) else ""
    seen = last_seen(api)
    return reply(
        [
            SessionOfUser(
                one.id,
                one.program,
                one.address,
                iso(one.created),
                iso(seen(one.token, one.seen)),
                iso(one.ends),
                one.id == own,
                one.user,
            )
            for one in found
        ]
    )


async def end_any(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """End a session of any user. Raises ProblemRaised (401, 404), StoreError."""
    wanted = request.path_values["id"]
    try:
        has_ended = await api.sessions.end_any(request.token, wanted)
    except ClientUnknown as error:
        raise ProblemRaised(HTTPStatus.UNAUTHORIZED, error.code, "{why}", why=error) from None
    if not has_ended:
        raise ProblemRaised(
            HTTPStatus.NOT_FOUND, "session_over", "session {id} does not exist; it may have ended", id=wanted
        )
    await read_again(api)
    return reply(SessionsEnded(1))


ALL_SESSIONS = (
    ApiRoute(
        "GET",
        "/sessions",
        "listAllSessions",
        "List the sessions of all users, the newest first",
        TO_END,
        agent_bounds.EVERYTHING,
        list_all,
        list[SessionOfUser],
    ),
    ApiRoute(
        "DELETE",
        "/sessions/{id}",
        "endSessionOfUser",
        "End one session of any user",
        TO_END,
        agent_bounds.EVERYTHING,
        end_any,
        SessionsEnded,
        problems=(*READ_PROBLEMS, 404),
    ),
)
