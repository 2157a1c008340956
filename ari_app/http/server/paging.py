"""The `limit` parameter of lists."""

from ari_app.http.server.api_request import ApiRequest
from ari_app.http.server.problems import invalid_request

LIVE = 10_000  # rows of live state; more than one app can have
ROWS = 1000  # rows of the database at most
USUAL = 100


def limit(request: ApiRequest, usual: int, most: int) -> int:
    """Return the requested number of rows. Raises ProblemRaised (422)."""
    given = request.query.get("limit", str(usual))
    if given.isascii() and given.isdigit() and len(given) < 6 and 1 <= int(given) <= most:
        return int(given)
    raise invalid_request("limit", f"must be a number from 1 to {most}")
