"""The JSON API with users of each role: two groups of agents, and calls of each agent."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ari_app.http.server import password_check
from tests.http.json_site import JsonSite, Told
from warmline.store.configuration import config

PASSWORD = "opensesame7"  # noqa: S105 - of a test
GROUPS = {"1000": "BERLIN", "1001": "BERLIN", "1002": "HAMBURG"}  # of the agents; the others have none
USERS = {
    "anna": {"role": "agent", "agent": "1000", "full_name": "Anna Berg"},
    "ben": {"role": "supervisor", "user_group": "BERLIN"},
    "mia": {"role": "manager"},
    "ada": {"role": "admin"},
}


class PeopleSite(JsonSite):
    """`as_user` sends a request in the session of a user."""

    def __init__(self, database: Path, run: Path, source: Path | None = None) -> None:
        super().__init__(database, run, password_check.from_store(str(database)), source=source)
        self._tokens: dict[str, str] = {}

    def log_in(self, user: str, password: str = PASSWORD, program: str = "", **more: str) -> Told:
        """Ask for a session, with more fields such as `code`."""
        body = {"user": user, "password": password, "program": program, **more}
        return self.ask("POST", "/login", body, token="")

    def token_of(self, user: str) -> str:
        """Return the token of a session of this user, which is begun once."""
        if user not in self._tokens:
            self._tokens[user] = self.log_in(user).body["token"]
        return self._tokens[user]

    def as_user(self, user: str, method: str, path: str, body: object = None) -> Told:
        """Send a request as a user."""
        return self.ask(method, path, body, token=self.token_of(user))

    def forget(self) -> None:
        """Reload the configuration."""
        super().forget()
        assert self.api.users
        self.api.users.clear()


def add_people(database: Path) -> None:
    """Add the users and their groups to the demo configuration."""
    for group in ("BERLIN", "HAMBURG"):
        config.create(database, "user-group", group, {}, who="test")
    for agent, group in GROUPS.items():
        config.set_options(database, "agent", agent, {"user_group": group}, who="test")
    for name, options in USERS.items():
        config.create(database, "user", name, {"pass": PASSWORD, **options}, who="test")


@contextmanager
def people_site(database: Path, run: Path, source: Path | None = None) -> Iterator[PeopleSite]:
    """Provide a site, and close it. With a `source`, its database is a copy of that one."""
    made = PeopleSite(database, run, source)
    try:
        yield made
    finally:
        made.close()
