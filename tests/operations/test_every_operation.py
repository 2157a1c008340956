"""Every operation, done by everybody: one table, and the rules that hold for each of its lines."""

import json
import logging
import re
import shlex
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec
import pytest

from cli.main import main
from tests.http.people.campaign_site import OTHER, SUPERVISOR
from tests.operations.answers import BOUND_PEOPLE, FILE, Answers, text_of, try_operation
from tests.operations.operation_world import (
    PEOPLE,
    TOKEN,
    Answer,
    AnyOperation,
    OperationWorld,
    operation_world,
)
from warmline.centre import app_client
from warmline.centre.app_answer import AppAnswer
from warmline.operations.operation import Argument, Done, parts
from warmline.operations.operation_table import all_operations
from warmline.system import systemd_service

ADMIN = PEOPLE["admin"]
ABOUT_WARMLINE = {"listKinds", "describeKind", "listReports"}  # they read no record
WAY_OUT = "run this as root, or log in with: warmline login"
NO_LOGIN, NOT_THEIRS = "own_login_needed", "404 own_session_unknown"
OF_AGENTS = "403 agent_out_of_reach"  # says that another agent has it, and which roles may see that agent's
NO_ROWS_OF_GROUP = ("user group", "200")  # the names of groups are no secret
SECRETS_OF_ANSWERS = {"password", "secret", "token"}
KINDS = BOUND_PEOPLE[SUPERVISOR]
SHARED_NAMES = (
    "comment",
    "user group",
)  # a short number, and what all may read
SECRET = "very-secret-4711"  # noqa: S105 - of a test


@pytest.fixture(scope="module")
def world(people_database: Path) -> Iterator[OperationWorld]:
    with operation_world(people_database) as made:
        yield made


@pytest.fixture(scope="module")
def answers(world: OperationWorld) -> Mapping[AnyOperation, Answers]:
    return {operation: try_operation(world, operation) for operation in all_operations()}


def test_the_table_has_what_everybody_gets(answers: Mapping[AnyOperation, Answers]) -> None:
    assert text_of(answers) == FILE.read_text(), "run: python -m tests.operations, and read each line that changed"


def test_where_an_operation_is_done(answers: Mapping[AnyOperation, Answers]) -> None:
    """The API process reads records itself, and does what only it knows. The call process changes records and calls.

    It rehearses a change of the configuration, too.
    """
    wrong = []
    for operation, got in answers.items():
        gives = "once.give" if operation.done is Done.LIVE else "privileged.write"
        here = (operation.is_read and not operation.has_steps) or operation.done is Done.API
        for role, asked in got.asked.items():
            is_done = got.roles[role].error == "" or got.roles[role].cell == NOT_THEIRS
            asks = is_done and not here
            # A change of entities is refused by the call process, which reads the group's campaigns.
            may_ask = asks or (operation.has_steps and operation.campaigns == "ENTITY")
            is_right = ({gives} if asks else set()) <= set(asked) <= ({gives} if may_ask else set())
            wrong += [] if is_right else [(operation.id, role, asked)]
    assert wrong == []


def test_root_and_the_service_need_no_login(answers: Mapping[AnyOperation, Answers]) -> None:
    """They work with the file also while no app runs."""
    wrong = []
    for operation, got in answers.items():
        rows = [row for name, row in got.users.items() if not name.startswith("stranger")]
        assert all([answer.cell for answer in row] == [answer.cell for answer in rows[0]] for row in rows)
        if not operation.scope:
            wrong += [] if {one.cell for one in rows[0]} == {NO_LOGIN} else [(operation.id, rows[0])]
            continue
        up, *down = rows[0]
        is_good = all(one.error == "" for one in rows[0]) if operation.done is Done.RECORDS else _needs_app(down)
        wrong += [] if up.error == "" and is_good else [(operation.id, rows[0])]
    assert wrong == []


def test_others_of_the_machine_are_told_what_to_do(answers: Mapping[AnyOperation, Answers]) -> None:
    wrong = []
    for operation, got in answers.items():
        for name, (up, *down) in got.users.items():
            if not name.startswith("stranger"):
                continue
            if operation.id in ABOUT_WARMLINE:
                is_good = up.error == ""
            elif not operation.scope:
                is_good = {one.cell for one in (up, *down)} == {NO_LOGIN}
            elif operation.done is Done.API:
                is_good = up.cell == "local_token_unreadable" and _needs_app(down)
            elif operation.done is Done.RECORDS:
                is_good = all(WAY_OUT in one.sentence for one in (up, *down))
            elif name == "stranger":
                is_good = up.sentence.endswith("log in with: warmline login") and _needs_app(down)
            else:
                is_good = up.error == "" and _needs_app(down)
            wrong += [] if is_good else [(operation.id, name, up, down)]
    assert wrong == []


def test_who_may_not_read_the_settings_either(world: OperationWorld) -> None:
    closed = world.folder / "warmline.toml"
    closed.touch(0)
    do, given = dict(world.users())["stranger"], {"WARMLINE_CONFIG": str(closed), "WARMLINE_TOKEN": TOKEN}
    assert WAY_OUT in do("listDnc", "up", **given).sentence
    assert do("cancelCallback", "up", **given).cell == "201"
    world.restore()


def _needs_app(down: list[Answer]) -> bool:
    """Return whether a stopped app says how to start it, and a hung one ends the command."""
    stopped, hung = down
    starts = f"start it with: {systemd_service.start()}"
    is_hung = hung.cell in ("app_silent", "api_away")
    return stopped.error == hung.error == "AppAway" and starts in stopped.sentence and is_hung


def test_what_others_have_is_as_if_it_did_not_exist(answers: Mapping[AnyOperation, Answers]) -> None:
    wrong = []
    for operation, got in answers.items():
        for thing, by_person in got.things.items():
            for person, (foreign, missing) in by_person.items():
                is_same = foreign == missing or foreign.cell == OF_AGENTS
                is_same = is_same or (thing.kind, foreign.cell) == NO_ROWS_OF_GROUP
                wrong += [] if is_same else [(operation.id, thing, person, foreign, missing)]
    assert wrong == []


def test_no_answer_names_what_others_have(world: OperationWorld, answers: Mapping[AnyOperation, Answers]) -> None:
    """What a person asks about the own group shows nothing of another one; a manager of no group sees it."""
    wrong, seen = [], set[str]()
    for operation, got in answers.items():
        for role, person in PEOPLE.items():
            shown = names_of_others(world, got.roles[role].value, BOUND_PEOPLE.get(person, KINDS))
            if person in BOUND_PEOPLE:
                wrong += [(operation.id, role, shown)] if shown else []
            else:
                seen |= shown
    assert wrong == [] and seen


def names_of_others(world: OperationWorld, answer: str, kinds: Iterable[str]) -> set[str]:
    names = {world.things[kind][OTHER] for kind in kinds} - {world.things[kind][OTHER] for kind in SHARED_NAMES}
    return {name for name in names if re.search(rf"\b{re.escape(name)}\b", answer)}


def test_a_login_at_an_app_that_does_not_answer(world: OperationWorld, capsys: pytest.CaptureFixture[str]) -> None:
    """Each command ends, with the exit code for it."""
    wrong = []
    for form in (form for operation in all_operations() for form in operation.commands):
        with world.login_of(ADMIN, "hung"), pytest.raises(SystemExit) as ended:
            main([*form.words.split(), *shlex.split(form.examples[0])])
        wrong += [] if ended.value.code == 4 else [(form.words, ended.value.code, capsys.readouterr())]
    assert wrong == []


# -- wrong arguments --


def sent(operation: AnyOperation, arguments: Mapping[str, Any], *more: tuple[str, Any]) -> tuple[str, str, bytes]:
    """Return method, path and body of a request with more arguments, of which a name may be among them already."""
    of_place: dict[str, list[tuple[str, Any]]] = {"path": [], "query": [], "body": [], "since": []}
    places = {argument.name: argument.place for argument in operation.arguments}
    rest = "body" if operation.body else "query"
    for name, value in (*arguments.items(), *more):
        of_place[places.get(name, rest)].append((name, value))
    query = "&".join(f"{name}={value}" for name, value in of_place["query"])
    path = operation.path.strip("/").format_map(dict(of_place["path"]))
    body = body_of(operation, of_place["body"]) if operation.body else b""
    return operation.method, f"{path}?{query}" if query else path, body


def body_of(operation: AnyOperation, given: list[tuple[str, Any]]) -> bytes:
    keys = {argument.name: argument.field.key or argument.name for argument in operation.arguments}
    if operation.whole_body:
        whole = dict(given)[operation.whole_body]
        if not isinstance(whole, dict):
            return msgspec.json.encode(whole)
        given = [*whole.items(), *(pair for pair in given if pair[0] != operation.whole_body)]
    fields = (f'"{keys.get(name, name)}": {msgspec.json.encode(value).decode()}' for name, value in given)
    return f"{{{', '.join(fields)}}}".encode()


def wrong_requests(operation: AnyOperation, arguments: Mapping[str, Any]) -> Iterator[tuple[str, str, bytes]]:
    """Yield requests with an argument that is unknown, is there twice, or has another type."""
    yield sent(operation, arguments, ("nonsense", "1"))
    for argument in operation.arguments:
        if argument.place == "query" and argument.name in arguments:  # of two in a body, JSON takes the last
            yield sent(operation, arguments, (argument.name, arguments[argument.name]))
        if argument.place == "body" and Any not in parts(argument.type):
            yield sent(operation, {**arguments, argument.name: of_wrong_type(argument)})


def of_wrong_type(argument: Argument) -> object:
    return SECRET if {dict, list} & {getattr(kind, "__origin__", kind) for kind in parts(argument.type)} else [[1]]


def test_wrong_arguments_change_nothing(world: OperationWorld) -> None:
    wrong = list[object]()
    for operation in all_operations():
        arguments = world.arguments(operation)
        with world.login_of(ADMIN):
            for request in wrong_requests(operation, arguments):
                answer = ask(*request)
                wrong += [(request, answer)] if answer.status not in (400, 422) else []
        invalid = {"nonsense": 1} | {argument.name: of_wrong_type(argument) for argument in operation.arguments}
        for name, value in invalid.items():
            with world.machine("up") if operation.scope else world.login_of(ADMIN):
                refusal = world.answer(operation, arguments | {name: value})
            wrong += [(operation.id, name, refusal)] if refusal.error != "OptionError" else []
    assert wrong == []
    assert not world.has_changed()


def ask(method: str, path: str, body: bytes) -> AppAnswer:
    connection = app_client.connect(app_client.records())
    try:
        return connection.ask(method, path, {}, body)
    finally:
        connection.close()


def test_no_error_and_no_log_has_a_secret_argument(world: OperationWorld, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    shown = []
    for operation in all_operations():
        for secret in (argument for argument in operation.arguments if argument.field.secret):
            assert secret.place == "body", "an address may be logged anywhere"
            arguments = world.arguments(operation)
            for value in (SECRET, SECRET * 100, [SECRET], {SECRET: SECRET}):
                for more in ({}, {"nonsense": SECRET}):
                    given = {**arguments, secret.name: value, **more}
                    for place in (world.machine("up"), world.login_of(ADMIN), world.login_of(PEOPLE["agent"])):
                        with place:
                            shown.append(world.answer(operation, given).sentence)
                    with world.login_of(ADMIN):
                        shown.append(ask(*sent(operation, given)).body.decode())
            world.restore()
    assert [text for text in (*shown, caplog.text) if SECRET in text] == []


def test_no_log_has_the_secret_of_an_answer(world: OperationWorld, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    logged, secrets = [], 0
    for operation in all_operations():
        if secret_names := SECRETS_OF_ANSWERS & {field.name for field in fields_of(operation.answer)}:
            for place in (world.machine("up"), world.login_of(ADMIN)):
                with place:
                    answer = json.loads(world.answer(operation, world.arguments(operation)).value)
                values = [answer[name] for name in secret_names if answer.get(name)]
                logged += [(operation.id, value) for value in values if value in caplog.text]
                secrets += len(values)
                world.restore()
    assert logged == [] and secrets


def fields_of(answer: Any) -> tuple[msgspec.structs.FieldInfo, ...]:
    return msgspec.structs.fields(answer) if isinstance(answer, type) and issubclass(answer, msgspec.Struct) else ()
