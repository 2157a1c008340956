"""Limits the number of event streams, in total and per token; some places are reserved for this machine's token."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus

from ari_app.http.server.bearer_tokens import LOCAL
from ari_app.http.server.problems import ProblemRaised
from warmline.store.configuration.tokens import ApiToken

MOST = 100  # streams
OF_TOKEN = 10  # per token, except this machine's own
KEPT = 5  # of MOST, for this machine's command line


class StreamPlaces:
    """Counts the open event streams by token."""

    def __init__(self) -> None:
        self._open: Counter[str] = Counter()

    @contextmanager
    def taken(self, asker: ApiToken) -> Iterator[None]:
        """Hold one place while the stream is open. Raises ProblemRaised (429, 503) if there is none."""
        total, most = self._open.total(), MOST if asker is LOCAL else MOST - KEPT
        name = "" if asker is LOCAL else asker.name
        if name and self._open[name] >= OF_TOKEN:
            raise ProblemRaised(
                HTTPStatus.TOO_MANY_REQUESTS,
                "too_many_streams_of_token",
                "the token {token} has {count} event streams open; close one first",
                token=asker.name,
                count=OF_TOKEN,
                headers={"Retry-After": "5"},
            )
        if total >= most:
            raise ProblemRaised(
                HTTPStatus.SERVICE_UNAVAILABLE,
                "too_many_streams",
                "the app is full: {count} event streams are open; close some, or try again later",
                count=total,
                headers={"Retry-After": "5"},
            )
        self._open[name] += 1
        try:
            yield
        finally:
            self._open[name] -= 1
            self._open += Counter()  # drops tokens without streams
