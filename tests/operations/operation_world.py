"""An app with people of each role and two groups, in which everybody tries every operation.

A cell of the table is what somebody gets: the status and the code of the app's answer, or `done` and the code of the
error for what their own process does. After each change, database and running calls are as before.
"""

import os
import socket
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

import msgspec
from msgspec import NODEFAULT

from ari_app.http import routes
from ari_app.http.local import local_server
from ari_app.http.local.local_server import LocalServer
from ari_app.http.openapi.route_table import ROUTES
from ari_app.http.routes import ApiParts
from ari_app.link import unix_sockets
from ari_app.link.unix_sockets import PeerCredentials
from tests.core.packed_scene import packed, unpacked
from tests.free_port import free_port
from tests.http import json_site, own_app
from tests.http.people.campaign_site import MANAGER, OWN, SUPERVISOR
from tests.http.people.ids_of_others import ENTRIES, IdPlace, SiteOfOthers, places, site_of_others
from tests.http.people.people_site import USERS
from tests.other_user import NOBODY, folder_for_all
from warmline.centre import api_port, app_client, login_file, operation_calls
from warmline.centre.app_answer import AppAnswer, code
from warmline.centre.local_connection import LocalConnection
from warmline.centre.login_file import AppLogin
from warmline.centre.remote_connection import RemoteConnection
from warmline.operations.operation import Operation, Page, parts
from warmline.operations.operation_table import OPERATIONS, load_operation
from warmline.store.configuration import config, config_history, user_sessions
from warmline.store.configuration.config_history import WantedRevisions
from warmline.store.database.reading import keeping
from warmline.system.link_sockets import LOCAL
from warmline.text.coded_error import CodedError

AnyOperation = Operation[..., Any]
SERVICE = 65533  # the user of the service, if root runs the tests
TOKEN = "t" * 43
HUNG_SECONDS = 0.02  # until a client gives up
PEOPLE = {"agent": "anna", "supervisor": SUPERVISOR, "group's manager": MANAGER, "manager": "mia", "admin": "ada"}
STATES = ("up", "stopped", "hung")
ROUTE_OF = {route.name: route for route in ROUTES}

LENA, SESSION = "lena", "5e55000000000001"  # a user who asks for help, and her session
FACTOR = "INSERT INTO second_factor (user, salt, key, begun, enrolled) VALUES (?, ?, '0123456789abcdef', 1, 1)"

# Arguments of operations that are neither in `example` nor the id of a thing of the world.
ARGUMENTS: Mapping[str, Mapping[str, Any]] = {
    "addDnc": {"campaign": OWN},
    "addPerson": {"agent": "1010"},
    "applyConfiguration": {"revision": 10**6},
    "createEntity": {"name": "NEW"},
    "deleteEntity": {"kind": "disposition", "name": "OWNC"},
    "endSession": {"id": SESSION},
    "endSessionOfUser": {"id": SESSION},
    "getRevision": {"revision": "1"},
    "givePassword": {"user": LENA},
    "listLocks": {"user": LENA},
    "renewToken": {"name": "crm"},
    "removeDnc": {"campaign": OWN, "number": "7275551117"},
    "reportSheet": {"id": "day"},
    "resetSecondFactor": {"user": LENA},
    "unlockApiUser": {"user": LENA},
}
# The option with the campaign of an entity, by kind.
CAMPAIGN_OPTIONS = {"list": "campaign", "disposition": "campaigns", "scheduled-report": "campaign"}


class Answer(NamedTuple):
    """What somebody gets: `sentence` and `error` are those of an error, `value` is the JSON of an answer."""

    cell: str
    value: str = ""
    sentence: str = ""
    error: str = ""


class NotedPart:
    """A part of the call process; `asked` has each name that the API process calls in it."""

    def __init__(self, part: Any, name: str, asked: list[str]) -> None:
        self._part, self._name, self._asked = part, name, asked

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._part, name)
        return NotedPart(value, f"{self._name}.{name}", self._asked) if callable(value) else value

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        self._asked.append(self._name)
        return self._part(*arguments, **named)

    __class__ = property(lambda self: type(self._part))  # a part is known by its class


class ServiceServer(LocalServer):
    """The server of the socket in a process of the service's user, who is root in no test."""

    def __init__(self, *arguments: Any) -> None:
        with patch.object(os, "geteuid", lambda: SERVICE if os.getuid() == 0 else os.getuid()):
            super().__init__(*arguments)


class OperationWorld:
    """`asked` has what the API process has asked of the call process."""

    def __init__(self, others: SiteOfOthers, folder: Path, asked: list[str]) -> None:
        self.site, self.things, self.folder, self.asked = others.site, others.things, folder, asked
        config.create(self.site.database, "api-token", "crm", {"scopes": "ALL", "token": TOKEN}, who="test")
        config.create(self.site.database, "user", LENA, {"pass": "opensesame7", "role": "agent"}, who="test")
        user_sessions.begin(self.site.database, LENA, "opensesame7", "test")
        with closing(sqlite3.connect(self.site.database)) as database, database:
            database.execute("UPDATE user_session SET id = ? WHERE user = ?", [SESSION, LENA])
            database.execute(FACTOR, [LENA, "s" * 32])
        code = WantedRevisions("disposition", others.things["disposition"][OWN])
        [self._made_code] = [row.number for row in config_history.newest(self.site.database, 1, code)]
        self._tokens = {person: self.site.token_of(person) for person in PEOPLE.values()}
        self._answers: list[AppAnswer] = []
        self._processes: dict[int, ProcessPoolExecutor] = {}
        self.stack = ExitStack()
        for kind in (RemoteConnection, LocalConnection):
            self.stack.enter_context(patch.object(kind, "ask", self._noting(kind.ask)))
        self._open_places()
        self._keep()

    def _noting(self, ask: Callable[..., AppAnswer]) -> Callable[..., AppAnswer]:
        def noted(connection: Any, *arguments: Any) -> AppAnswer:
            self._answers.append(answer := ask(connection, *arguments))
            return answer

        return noted

    def _open_places(self) -> None:
        """Make a folder `run` and an address for an app in each state, and a database that only the service opens."""
        self._runs = {"up": self.folder} | {state: self.folder / state for state in STATES[1:]}
        ports = {"stopped": free_port()}
        for state in STATES[1:]:
            self._runs[state].mkdir()
        for listener, address in (
            (socket.socket(socket.AF_UNIX), LOCAL.path(str(self._runs["hung"]))),
            (socket.socket(), ("127.0.0.1", 0)),
        ):
            self.stack.enter_context(listener).bind(address)
            listener.listen(4096)  # and nobody ever accepts
        ports["hung"] = listener.getsockname()[1]
        Path(LOCAL.path(str(self._runs["hung"]))).chmod(0o666)
        self._urls = {"up": self.site.url} | {state: f"http://127.0.0.1:{port}" for state, port in ports.items()}
        (machine := self.folder / "machine").mkdir()
        self._own = machine / "warmline.db"
        self._own.touch(0o600)
        if os.geteuid() == 0:
            for path in (machine, self._own, self.folder / "token"):
                os.chown(path, SERVICE, SERVICE)

    # -- the world as before --

    def _keep(self) -> None:
        self._rows, self._file = sqlite3.connect(":memory:"), sqlite3.connect(self.site.database)
        for database in (self._rows, self._file):
            self.stack.callback(database.close)
            database.execute("PRAGMA synchronous = OFF")
        self._file.backup(self._rows)
        held = ("database", "journal", "watch", "board")
        driver = {name: value for name, value in vars(self.site.driver).items() if name not in held}
        self._driver = packed(driver)  # type: ignore[arg-type] # what is in a driver
        self._restore_app()
        self._restore_machine()

    def restore(self) -> None:
        """Let databases and running calls be as at first."""
        if self.has_changed():
            self._restore_app()
        if self._own.stat().st_mtime_ns != self._saved:
            self._restore_machine()
        self.asked.clear()

    def has_changed(self) -> bool:
        """Return whether the app's database has, or whether the core got a command."""
        return self._version() != self._at_first or bool(self.site.board.given)

    def _restore_app(self) -> None:
        self._rows.backup(self._file)
        self._at_first = self._version()
        vars(self.site.driver).update(unpacked(self._driver))  # type: ignore[call-overload] # the same
        self.site.board.given.clear()
        self.site.api.askers.clear()

    def _restore_machine(self) -> None:
        with closing(sqlite3.connect(self._own)) as own:
            own.execute("PRAGMA synchronous = OFF")
            self._rows.backup(own)
        self._saved = self._own.stat().st_mtime_ns

    def _version(self) -> int:
        """Return a number that changes when another connection changes the app's database."""
        [number] = self._file.execute("PRAGMA data_version").fetchone()
        return int(number)

    # -- who does an operation --

    @contextmanager
    def login_of(self, person: str, state: str = "up") -> Iterator[None]:
        """Let a person do it after a login at an app in that state."""
        role, agent = USERS.get(person, {}).get("role", "manager"), USERS.get(person, {}).get("agent", "")
        with _environment(state, XDG_CONFIG_HOME=str(self.folder / f"config-{person}")):
            login_file.write(AppLogin(self._urls[state], self._tokens[person], person, role, agent, "UTC"))
            yield

    def users(self) -> Iterator[tuple[str, Callable[..., Answer]]]:
        """Yield the users of this machine, and a function that does what `on_machine` does as that user.

        An ordinary user tries what the service gets, and plays the stranger.
        """
        if os.geteuid() == 0:
            yield "root", self.on_machine
            yield "service", partial(self._in_process, SERVICE)
            yield "stranger", partial(self._in_process, NOBODY)
        else:
            yield "service", self.on_machine
            yield "stranger", self._as_stranger

    def on_machine(self, operation: str, state: str, **more: str) -> Answer:
        """Do an operation without a login."""
        known = load_operation(OPERATIONS[operation])
        with self.machine(state, **more):
            return self.answer(known, self.arguments(known))

    def machine(self, state: str, **more: str) -> AbstractContextManager[None]:
        """Let operations be those of this process on the app's machine, without a login."""
        host, _, port = self._urls[state].removeprefix("http://").partition(":")
        address = {"WARMLINE_LISTEN_HOST": host, "WARMLINE_LISTEN_PORT": port}
        folders = {"WARMLINE_DB": str(self._own), "WARMLINE_RUN": str(self._runs[state])}
        return _environment(state, **folders, **address, **more)

    def _in_process(self, user: int, *arguments: str, **more: str) -> Answer:
        if user not in self._processes:
            become = partial(_become, self, user)
            self._processes[user] = ProcessPoolExecutor(1, get_context("fork"), become)
            self.stack.callback(self._processes[user].shutdown)
        return self._processes[user].submit(_on_machine, *arguments, **more).result()

    def _as_stranger(self, *arguments: str, **more: str) -> Answer:
        with _stranger(self._own, self.folder / "token"):
            return self.on_machine(*arguments, **more)

    # -- what they get --

    def answer(self, operation: AnyOperation, arguments: Mapping[str, Any], after: str = "") -> Answer:
        """Do an operation where the environment says."""
        self._answers.clear()
        page = Page(after) if after else None
        try:
            with keeping(0):
                value = operation_calls.do_json(operation, operation_calls.place_for(operation), arguments, page)
        except CodedError as error:
            last = self._answers[-1] if self._answers else None
            cell = f"{last.status} {code(last.body)}" if last else error.code
            return Answer(cell, sentence=str(error), error=type(error).__name__)
        return Answer(str(self._answers[-1].status) if self._answers else "done", msgspec.json.encode(value).decode())

    def arguments(self, operation: AnyOperation, place: IdPlace | None = None, side: str = OWN) -> dict[str, Any]:
        """Return the arguments about things of OWN, with the one in `place` about a thing of another side."""
        values = dict(operation.example)
        needed = {one.name for one in operation.arguments if one.default is NODEFAULT or one.name in values}
        kinds = {thing.name: thing.kind for thing in reversed(things_in(operation))}
        values |= {name: self.things[kinds[name]][OWN] for name in needed & kinds.keys()}
        if "kind" in needed:
            values["kind"] = "campaign"
        values |= ARGUMENTS.get(operation.id, {})
        if operation.id == "undoRevision":
            values["revision"] = self._made_code
        if "kind" in needed and place and place.kind in ENTRIES:
            values["kind"] = place.kind
            if "options" in values and place.kind in CAMPAIGN_OPTIONS:  # the whole entity is of that side
                values["options"] = {CAMPAIGN_OPTIONS[place.kind]: self.things["campaign"][side]}
        if place and place.name != "after":
            values[place.name] = self.things[place.kind][side]
        missing = ", ".join(sorted(needed - values.keys()))
        assert not missing, f"{operation.id} has no {missing}: give one in its example, or in ARGUMENTS of {__name__}"
        for argument in operation.arguments:
            if isinstance(values.get(argument.name), str) and str not in parts(argument.type):
                values[argument.name] = msgspec.json.decode(values[argument.name])  # a number
        return values


def things_in(operation: AnyOperation) -> list[IdPlace]:
    """Return the arguments of an operation that name something of a group."""
    try:
        named = list(places(ROUTE_OF[operation.id]))
    except KeyError as name:
        raise AssertionError(f"{operation.id} has {name}: say in {places.__module__} what that names") from None
    known = {one.name for one in operation.arguments} | ({"after"} if operation.has_pages else set())
    return [thing for thing in named if thing.name in known]


@contextmanager
def _environment(state: str, **variables: str) -> Iterator[None]:
    usual = {name: value for name, value in os.environ.items() if not name.startswith("WARMLINE_")}
    with ExitStack() as stack:
        stack.enter_context(patch.dict(os.environ, usual | variables, clear=True))
        if state == "hung":
            for name in ("_local", "_remote"):
                stack.enter_context(patch.object(app_client, name, _impatient(getattr(app_client, name))))
            stack.enter_context(patch.object(app_client, "WITHIN", HUNG_SECONDS))
            stack.enter_context(patch.object(api_port, "STARTS_WITHIN", HUNG_SECONDS))
        yield


def _impatient(connect: Callable[[Any, float], Any]) -> Callable[[Any, float], Any]:
    return lambda place, _seconds: connect(place, HUNG_SECONDS)


_world: "OperationWorld | None" = None  # of a process of another user


def _become(world: OperationWorld, user: int) -> None:
    global _world
    _world = world
    os.setgroups([])
    os.setresgid(user, user, user)
    os.setresuid(user, user, user)


def _on_machine(*arguments: str, **more: str) -> Answer:
    assert _world
    return _world.on_machine(*arguments, **more)


@contextmanager
def _stranger(*files: Path) -> Iterator[None]:
    """Let this process be one of another user: it may not open these files, and the app sees a stranger."""
    connect, peer = socket.socket.connect, unix_sockets.peer

    def bound(connection: socket.socket, address: Any) -> None:
        if connection.family == socket.AF_UNIX:
            connection.bind("")  # the kernel chooses an address, by which the app's side knows it
        connect(connection, address)

    def credentials(connection: socket.socket) -> PeerCredentials:
        return PeerCredentials(1, NOBODY, NOBODY) if connection.getpeername() else peer(connection)

    for file in files:
        file.chmod(0)
    with patch.object(socket.socket, "connect", bound), patch.object(unix_sockets, "peer", credentials):
        yield
    for file in files:
        file.chmod(0o600)


@contextmanager
def operation_world(people_database: Path) -> Iterator[OperationWorld]:
    """Provide the world, on a copy of a database with people."""
    asked: list[str] = []
    make_app = routes.make_app

    def noting(board: Any, users: Any, settings: Any, app_parts: ApiParts) -> Any:
        noted = {name: part and NotedPart(part, name, asked) for name, part in app_parts._asdict().items()}
        return make_app(board, users, settings, app_parts._replace(**noted))

    with ExitStack() as stack:
        folder = stack.enter_context(folder_for_all())
        stack.enter_context(patch.object(own_app, "make_app", noting))
        stack.enter_context(patch.object(json_site, "LocalServer", ServiceServer))
        stack.enter_context(patch.object(local_server, "SLOWED_BY", 0.0))
        world = OperationWorld(stack.enter_context(site_of_others(people_database, folder)), folder, asked)
        stack.enter_context(world.stack)
        stack.enter_context(world.site.turning())
        yield world
