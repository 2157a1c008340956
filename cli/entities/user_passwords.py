"""`warmline user …` and `warmline api-user …`: passwords, and the locks after wrong ones."""

from typing import Annotated

import typer

from cli.arguments.completion import entity_of
from cli.arguments.entity_arguments import Name
from cli.entities.entity import change
from cli.output.json_output import Json, print_json
from warmline.centre import app_client


def unlock(context: typer.Context, name: Name, as_json: Json = False) -> None:
    from cli.client import config_records
    from warmline.centre import operation_calls
    from warmline.operations import people

    kind, place = entity_of(context).kind, app_client.records()
    config_records.show(place, kind, name)  # raises NotFound for an unknown name
    locks = operation_calls.do(people.unlock_api_user, place, {"user": name}).locks
    if as_json:
        print_json({"name": name, "locks": locks})
    else:
        print(f"{kind} {name}: wrong passwords of {locks} sources are forgotten")


def password(
    context: typer.Context,
    name: Name,
    one_time: Annotated[
        bool, typer.Option("--one-time", help="Make a one-time password, and print it in place of asking for one.")
    ] = False,
    as_json: Json = False,
) -> None:
    from cli.client import config_records
    from warmline.centre import operation_calls
    from warmline.operations import people

    entity, where = entity_of(context), app_client.records()
    if not one_time:
        config_records.show(where, entity.kind, name)  # raises NotFound before the password is typed
        change(entity, name, ["pass=-"], as_json)
        return
    given = operation_calls.do(people.give_password, where, {"user": name})
    if as_json:
        print_json({"user": name, "password": given.password})
    else:
        print(f"one-time password of {name}: {given.password}")
