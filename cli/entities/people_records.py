"""Makes people and gives one-time passwords: in the database of this machine, or at the app of a login."""

from dataclasses import asdict
from typing import NamedTuple, Protocol
from urllib.parse import quote

from warmline.centre import app_client
from warmline.centre.login_file import AppLogin
from warmline.centre.place import Place, choose
from warmline.store.configuration.new_people import NewPerson
from warmline.system.current_user import login_name
from warmline.system.settings import Settings

PAGE = "/workspace/"


class OnboardedUser(NamedTuple):
    """A new user with the one-time password. `created` are the new entries, such as `agent 1010`.

    `address` is that of the workspace; it is empty if this machine does not know it.
    """

    user: str
    password: str
    created: list[str]
    revision: int
    address: str


class PeopleRecords(Protocol):
    """The people of a place. Each method raises NotFound, StoreError, AppAway, AppRefused."""

    def add(self, person: NewPerson) -> OnboardedUser:
        """Make a person with a one-time password. Raises OptionError, Conflict, too."""

    def give_password(self, user: str) -> str:
        """Give a user a one-time password, and return it."""


def at(where: Place) -> PeopleRecords:
    """Return the people of a place."""
    return choose(where, DatabasePeople, AppPeople)


class DatabasePeople:
    """The people in the database of this machine."""

    def __init__(self, settings: Settings) -> None:
        self.path = settings.db

    def add(self, person: NewPerson) -> OnboardedUser:
        from warmline.store.configuration import new_people

        password = new_people.one_time_password()
        made = new_people.add(self.path, person, password, who=login_name())
        names = {one.kind: one.name for one in made.changes}
        created = [f"{kind} {names[kind]}" for kind in ("user", "agent", "phone") if kind in names]
        return OnboardedUser(names["user"], password, created, made.revision, "")

    def give_password(self, user: str) -> str:
        from warmline.store.configuration import new_people

        password = new_people.one_time_password()
        new_people.give_password(self.path, user, password, who=login_name())
        return password


class AppPeople:
    """The people at the app of a login."""

    def __init__(self, login: AppLogin) -> None:
        self.login = login

    def add(self, person: NewPerson) -> OnboardedUser:
        given = asdict(person) | {"ingroups": list(person.ingroups)}
        told = app_client.send(self.login, "POST", "people", given)
        return OnboardedUser(**told, address=self.login.url.rstrip("/") + PAGE)

    def give_password(self, user: str) -> str:
        return str(app_client.send(self.login, "POST", f"users/{quote(user, safe='')}/password")["password"])
