"""The table in `answers.txt`: what everybody gets who does an operation. `python -m tests.operations` writes it."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from tests.http.people.campaign_site import ABSENT, AGENT, MANAGER, OTHER, SUPERVISOR
from tests.http.people.ids_of_others import BOUND, IdPlace
from tests.operations.operation_world import (
    PEOPLE,
    STATES,
    TOKEN,
    Answer,
    AnyOperation,
    OperationWorld,
    things_in,
)

FILE = Path(__file__).with_name("answers.txt")
BOUND_PEOPLE = {AGENT: BOUND[SUPERVISOR], SUPERVISOR: BOUND[SUPERVISOR], MANAGER: BOUND[MANAGER]}
WIDTHS = (24, 28)  # of the first column and of the others: a longer cell moves only what follows it
HEAD = """\
What everybody gets who does an operation: the status of the app's answer and the code of its refusal; for what
the own process does, `done` or the code of the error. `python -m tests.operations` writes this file.
"""


class Answers(NamedTuple):
    """What everybody gets from one operation.

    `roles` has each role after a login, and an administrator if the app is stopped or hung. `things` has, for each
    argument that names something of a group, what bound people get for another group's and for what does not exist.
    `users` has the users of this machine without a login, with the app in each state.
    """

    roles: Mapping[str, Answer]
    things: Mapping[IdPlace, Mapping[str, tuple[Answer, Answer]]]
    users: Mapping[str, Sequence[Answer]]
    asked: Mapping[str, Sequence[str]]


def try_operation(world: OperationWorld, operation: AnyOperation) -> Answers:
    """Let everybody do an operation."""
    roles, asked = _of_roles(world, operation)
    things = {thing: dict(_of_thing(world, operation, thing)) for thing in things_in(operation)}
    return Answers(roles, things, dict(_of_users(world, operation)), asked)


def _of_roles(world: OperationWorld, operation: AnyOperation) -> tuple[dict[str, Answer], dict[str, list[str]]]:
    arguments, roles, asked = world.arguments(operation), {}, {}
    for role, person in PEOPLE.items():
        world.asked.clear()
        with world.login_of(person):
            roles[role] = world.answer(operation, arguments)
        asked[role] = list(world.asked)
        world.restore()
    for state in STATES[1:]:
        with world.login_of(PEOPLE["admin"], state):
            roles[f"app {state}"] = world.answer(operation, arguments)
    return roles, asked


def _of_thing(
    world: OperationWorld, operation: AnyOperation, thing: IdPlace
) -> Iterator[tuple[str, tuple[Answer, Answer]]]:
    for person, kinds in BOUND_PEOPLE.items():
        if thing.kind in kinds:
            with world.login_of(person):
                foreign, missing = (_of_side(world, operation, thing, side) for side in (OTHER, ABSENT))
            world.restore()
            yield person, (foreign, missing)


def _of_side(world: OperationWorld, operation: AnyOperation, thing: IdPlace, side: str) -> Answer:
    name = world.things[thing.kind][side]
    after = name if thing.name == "after" else ""
    answer = world.answer(operation, world.arguments(operation, thing, side), after)
    campaign = world.things["campaign"][side]
    return Answer(*(text.replace(campaign, "campaign").replace(name, thing.kind) for text in answer))


def _of_users(world: OperationWorld, operation: AnyOperation) -> Iterator[tuple[str, list[Answer]]]:
    for name, do in world.users():
        for token in ("", TOKEN) if name == "stranger" else ("",):
            answers = []
            for state in STATES:
                answers.append(do(operation.id, state, **({"WARMLINE_TOKEN": token} if token else {})))
                world.restore()
            yield f"{name}, token" if token else name, answers


def text_of(answers: Mapping[AnyOperation, Answers]) -> str:
    """Return the text of the file."""
    roles, things, users = [], [], []
    for operation, got in answers.items():
        roles.append([operation.id, *(answer.cell for answer in got.roles.values())])
        for thing, by_person in got.things.items():
            name = thing.name if thing.kind in thing.name else f"{thing.name} ({thing.kind})"
            things.append(
                [operation.id, name, *(_pair(*by_person[one]) if one in by_person else "-" for one in BOUND_PEOPLE)]
            )
        users.append([operation.id, *(_states(row) for user, row in got.users.items() if user != "root")])
    parts = (
        ("After a login, with things of the own group:", ["", *PEOPLE, "app stopped", "app hung"], roles),
        (
            "After a login, with a thing of another group, or one that does not exist:",
            ["", "argument", "agent", "supervisor", "group's manager"],
            things,
        ),
        (
            "On the app's machine, without a login; the app is up, stopped, hung:",
            ["", "root or service", "another user", "another user with a token"],
            users,
        ),
    )
    return HEAD + "".join(f"\n{title}\n\n{_lines([head, *rows])}" for title, head, rows in parts)


def _pair(foreign: Answer, missing: Answer) -> str:
    return foreign.cell if foreign.cell == missing.cell else f"{foreign.cell}, {missing.cell}"


def _states(answers: Sequence[Answer]) -> str:
    cells = [answer.cell for answer in answers]
    return cells[0] if len({*cells}) == 1 else ", ".join(cells)


def _lines(rows: Sequence[Sequence[str]]) -> str:
    first, rest = WIDTHS
    return "".join(
        f"{name:{first}}  {'  '.join(f'{cell:{rest}}' for cell in cells).rstrip()}\n" for name, *cells in rows
    )
