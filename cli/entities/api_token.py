"""`warmline api-token …`: programs that use the JSON API. A token is shown only once, when it is created."""

import secrets

import typer

from cli.arguments.entity_arguments import Name, Pairs
from cli.entities.entity import given_options
from cli.entities.entity_edit import copying
from cli.output.current_user import login_name
from cli.output.json_output import Json, print_json
from warmline.options.option_table import API_TOKEN, OptionError
from warmline.system import settings

KIND = API_TOKEN.kind


def create(_context: typer.Context, name: Name, options: Pairs = None, as_json: Json = False) -> None:
    from warmline.store.configuration import config

    given = given_options(API_TOKEN, options)
    if "token" in given:
        raise OptionError(
            "token_not_chosen", "token cannot be chosen: Warmline generates the token; leave the option out"
        )
    token = secrets.token_urlsafe(32)
    config.create(settings.load().db, KIND, name, given | {"token": token}, who=login_name())
    _show_once(name, token, as_json)


copy = copying(create)


def renew(name: Name, as_json: Json = False) -> None:
    from warmline.store.configuration import config

    token = secrets.token_urlsafe(32)
    config.set_options(settings.load().db, KIND, name, {"token": token}, who=login_name())
    _show_once(name, token, as_json)


def _show_once(name: str, token: str, as_json: bool) -> None:
    if as_json:
        print_json({"name": name, "token": token})
        return
    typer.echo(f"{KIND} {name}: its token is on the next line, and is shown only now", err=True)
    print(token)
