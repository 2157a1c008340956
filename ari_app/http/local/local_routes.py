"""Finds the route of a request that came through the command line's socket."""

from http import HTTPStatus
from typing import Any
from urllib.parse import unquote

from ari_app.http.imports.import_routes import IMPORT_ROUTES
from ari_app.http.openapi.route_table import AUDIO, ROUTES
from ari_app.http.outbound.list_part_routes import LIST_PARTS
from ari_app.http.outbound.outbound_routes import OUTBOUND_ROUTES
from ari_app.http.people.logins import LOGIN
from ari_app.http.people.own_account import OWN_ACCOUNT
from ari_app.http.people.second_factor import OWN_SECOND_FACTOR
from ari_app.http.people.stream_ticket_requests import TICKETS
from ari_app.http.server.problems import ProblemRaised
from ari_app.http.v1 import operation_routes
from ari_app.http.v1.api_route import ApiRoute
from warmline.operations import people, sessions
from warmline.operations.operation import Done, Operation
from warmline.operations.operation_table import all_operations

# Passwords are checked only in the API process, which knows the locks and the tickets. No command reads audio. On this
# machine, the commands about automatic calls, imports and all sessions use the database, and the call process must not
# wait for them.
OF_PEOPLE: tuple[Operation[..., Any], ...] = (people.list_locks, people.unlock_api_user, people.reset_second_factor)
OF_ACCOUNTS = (*OWN_ACCOUNT, *OWN_SECOND_FACTOR, *operation_routes.routes(sessions))
OF_RECORDS = (*OUTBOUND_ROUTES, *LIST_PARTS, *IMPORT_ROUTES)
NOT_SERVED = (AUDIO, LOGIN, *OF_ACCOUNTS, *map(operation_routes.route, OF_PEOPLE), TICKETS, *OF_RECORDS)
# The database answers them, so that calls never wait for a report.
READS_OF_RECORDS = {
    one.id for one in all_operations() if one.is_read and one.done is Done.RECORDS and one.reads_records
}
SERVED = [(route, route.path.strip("/").split("/")) for route in ROUTES if route not in NOT_SERVED]


def find(method: str, path: str) -> tuple[ApiRoute, dict[str, str]]:
    """Return the route of a path below /api/v1, and the values of its variable parts. Raises ProblemRaised (404)."""
    given = [unquote(part) for part in path.split("/")]
    for route, parts in SERVED:
        if route.method == method and len(parts) == len(given) and (values := _values(parts, given)) is not None:
            if route.name in READS_OF_RECORDS:
                raise ProblemRaised(
                    HTTPStatus.NOT_FOUND,
                    "records_elsewhere",
                    "{method} {path} reads records, which this socket does not; root and the app's user read the "
                    "database, as commands and centre.do do; others log in: warmline login https://HOST:PORT",
                    method=method,
                    path=path[:100],
                )
            return route, values
    raise ProblemRaised(
        HTTPStatus.NOT_FOUND, "path_unknown", "{method} {path} does not exist", method=method[:10], path=path[:100]
    )


def _values(parts: list[str], given: list[str]) -> dict[str, str] | None:
    """Return the variable parts of a path by name, or None if its fixed parts differ."""
    values = {}
    for part, value in zip(parts, given, strict=True):
        if part.startswith("{") and value:
            values[part.strip("{}")] = value
        elif part != value:
            return None
    return values
