"""`warmline api-token …`: programs that use the JSON API. A token is shown only once, when it is created."""

import typer

from cli.arguments.entity_arguments import Name, Pairs
from cli.entities.entity import given_options
from cli.entities.entity_edit import copying
from cli.output.json_output import Json, print_json
from warmline.centre import app_client, operation_calls
from warmline.operations import configuration
from warmline.options.api_access_options import API_TOKEN
from warmline.options.option_table import OptionError

KIND = API_TOKEN.kind


def create(_context: typer.Context, name: Name, options: Pairs = None, as_json: Json = False) -> None:
    given = given_options(API_TOKEN, options)
    if "token" in given:
        raise OptionError(
            "token_not_chosen", "token cannot be chosen: Warmline generates the token; leave the option out"
        )
    arguments = {"kind": KIND, "name": name, "options": given}
    entry = operation_calls.do(configuration.create_entity, app_client.records(), arguments)
    _show_once(name, entry.token, as_json)


copy = copying(create)


def renew(name: Name, as_json: Json = False) -> None:
    entry = operation_calls.do(configuration.renew_token, app_client.records(), {"name": name})
    _show_once(name, entry.token, as_json)


def _show_once(name: str, token: str, as_json: bool) -> None:
    if as_json:
        print_json({"name": name, "token": token})
        return
    typer.echo(f"{KIND} {name}: its token is on the next line, and is shown only now", err=True)
    print(token)
