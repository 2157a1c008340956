"""`warmline api-user …`: a user of the agent API, such as a toolbar."""

from cli.arguments.entity_arguments import Name
from cli.output.json_output import Json, print_json
from warmline.system import settings


def unlock(name: Name, as_json: Json = False) -> None:
    from cli.client import api_user_locks
    from warmline.store.configuration import config

    config.show(settings.load().db, "api-user", name)  # raises NotFound for an unknown name
    locks = api_user_locks.end(name)
    if as_json:
        print_json({"name": name, "locks": locks})
    else:
        print(f"api-user {name}: {locks} locks ended")
