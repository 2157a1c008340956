"""Does an operation at a place: in this process, or through the JSON API at the app of a login or of this machine."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

import msgspec

from warmline.centre import app_client
from warmline.centre.app_answer import shaped
from warmline.centre.login_file import AppLogin
from warmline.centre.place import Place, own_login
from warmline.operations.operation import SINCE, Caller, Done, Operation, Page
from warmline.system.current_user import login_name

Arguments = Mapping[str, Any]


def place_for(operation: Operation[..., Any]) -> Place:
    """Return the place in which a command line does an operation. Raises LoginError, SettingsError."""
    if not operation.scope:
        return own_login()
    return app_client.here() if operation.done is Done.LIVE else app_client.records()


def do(operation: Operation[..., Any], place: Place, arguments: Arguments, page: Page | None = None) -> Any:
    """Do an operation, and return its answer.

    Raises OptionError, LoginError, AppAway, AppRefused and its own errors.
    """
    if operation.done is Done.RECORDS and operation.scope and not isinstance(place, AppLogin):
        return operation.run_here(Caller(login_name(), place.db), operation.check(arguments), page)
    return shaped(do_json(operation, place, arguments, page), operation.answer)


def do_json(
    operation: Operation[..., Any],
    place: Place,
    arguments: Arguments,
    page: Page | None = None,
    *,
    is_text: bool = False,
) -> Any:
    """Return the same as JSON. With `is_text`, numbers among the arguments may be texts. Raises what `do` raises."""
    if not operation.scope and not isinstance(place, AppLogin):
        place = own_login()
    checked = operation.check(arguments, is_text=is_text)
    if operation.done is Done.RECORDS and not isinstance(place, AppLogin):
        return msgspec.to_builtins(operation.run_here(Caller(login_name(), place.db), checked, page))
    return _requested(operation, place, operation.given(checked), page)


def _requested(operation: Operation[..., Any], place: Place, arguments: Arguments, page: Page | None) -> Any:
    parts: dict[str, dict[str, Any]] = {"path": {}, "query": {}, "body": {}, SINCE: {}}
    for argument in operation.arguments:
        if argument.name in arguments:
            parts[argument.place][argument.field.key or argument.name] = arguments[argument.name]
    path = operation.path.strip("/").format_map({name: quote(text, safe="") for name, text in parts["path"].items()})
    query = {name: str(value) for name, value in parts["query"].items()}
    query |= {"revision": str(arguments[SINCE])} if parts[SINCE] else {}
    if operation.done is Done.API and not isinstance(place, AppLogin):
        from warmline.centre import api_port

        return (api_port.get if operation.method == "GET" else api_port.post)(place, path)
    if operation.has_pages:
        page = page or Page(limit=operation.pages_of)
        first = query | ({"after": page.after} if page.after else {})
        return app_client.pages(place, path, first, operation.cursor_field, page.limit)
    if operation.method == "GET":
        body = app_client.read(place, path, query)
        return body if operation.answer is bytes else app_client.decoded(body)
    if operation.done is Done.LIVE:
        return app_client.post(place, path, parts["body"])
    sent = arguments[operation.whole_body] if operation.whole_body else parts["body"]
    return app_client.send(place, operation.method, path, sent if operation.body else None, query=query)
