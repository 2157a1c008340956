"""Comments on calls: in the database of this machine, or over the API at the app of a login."""

from typing import Protocol
from urllib.parse import quote

from warmline.centre import app_client
from warmline.centre.login_file import AppLogin
from warmline.centre.place import Place, choose
from warmline.system.current_user import claimed_name
from warmline.system.settings import Settings


class CommentRecords(Protocol):
    """The comments of a place.

    `call` is an id, the beginning of one, an agent API id, or `last`. Each method raises NotFound, Conflict,
    StoreError, AppAway, AppRefused.
    """

    def add(self, call: str, comment: str, mark: str) -> int:
        """Write a comment, and return its number. Raises OptionError."""

    def delete(self, call: str, number: int) -> None:
        """Delete a comment of a call."""


def at(where: Place) -> CommentRecords:
    """Return the comments of a place."""
    return choose(where, DatabaseComments, AppComments)


class DatabaseComments:
    """The comments in the database of this machine."""

    def __init__(self, settings: Settings) -> None:
        self.path = settings.db

    def add(self, call: str, comment: str, mark: str) -> int:
        from warmline.store.calls import call_comments, call_story

        return call_comments.add(self.path, call_story.found(self.path, call), comment, mark, who=claimed_name())

    def delete(self, call: str, number: int) -> None:
        from warmline.store.calls import call_comments, call_story

        call_comments.delete(self.path, call_story.found(self.path, call), number)


class AppComments:
    """The comments over the API, at the app of a login."""

    def __init__(self, login: AppLogin) -> None:
        self.login = login

    def add(self, call: str, comment: str, mark: str) -> int:
        return int(app_client.send(self.login, "POST", _of(call), {"comment": comment, "mark": mark})["id"])

    def delete(self, call: str, number: int) -> None:
        app_client.send(self.login, "DELETE", f"{_of(call)}/{number}")


def _of(call: str) -> str:
    return f"past-calls/{quote(call, safe='')}/comments"
