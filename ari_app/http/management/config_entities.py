"""The entities of the configuration as JSON: list, show, create, change, copy and delete them."""

import secrets
import time
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import msgspec

from ari_app.http.management import config_warnings, write_requests
from ari_app.http.management.config_shapes import ConfigDeletion, CopyBody, OptionsBody
from ari_app.http.server.api_request import ApiAnswer, ApiRequest, reply
from ari_app.http.server.problems import FieldFault, ProblemRaised, not_found
from ari_app.http.server.worker_threads import in_time
from ari_app.http.v1.bodies import body_errors
from ari_app.http.v1.live_state import JsonApi
from ari_app.records.privileged_write_types import CreateEntity, DeleteEntity, SetOptions, do
from warmline.operations import event_hooks
from warmline.operations.configuration import ConfigurationEntry, MatchesOfLeadFilter, entity_of
from warmline.options import config_files
from warmline.options.api_access_options import API_TOKEN
from warmline.options.event_hook_options import EVENT_HOOK
from warmline.options.option_table import CAMPAIGN, OptionError, check, check_name, spelled
from warmline.store.configuration import config, config_pages
from warmline.store.configuration.config_pages import ConfigPage
from warmline.store.configuration.group_view import viewer
from warmline.store.database.errors import NotFound
from warmline.store.database.reading import ReadInterrupted
from warmline.store.dialling import filter_matches


async def create(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Create an entity, and reply with it. Raises ProblemRaised, StoreError, CallProcessAway."""
    kind = kind_of(request)
    return await _created(api, request, kind, request.path_values["name"], _options(request, kind))


async def copy(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Create an entity with the options of another, except its secrets and unique values; reply with it."""
    kind, body = kind_of(request), body_errors.decoded(request, CopyBody)
    given = checked(kind, body.options)
    page = await _page(api, request, kind, spelled(kind, request.path_values["name"]))
    [source] = page.entities.values()  # without the campaigns that the client does not see
    copied, _ = config.copied_options(kind, source, given)
    return await _created(api, request, kind, body.name, copied | given)


async def change(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Change options of an entity, all or none; reply with the entity."""
    kind = kind_of(request)
    name = await _stored_name(api, request, kind)
    options = _options(request, kind)
    if kind == API_TOKEN.kind and "token" in options:
        raise _token_chosen()
    wanted = SetOptions(kind, name, options, write_requests.since(request))
    await write_requests.write(api, request, wanted, fields=options)
    return await _shown(api, request, kind, name, options)


async def delete(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Delete an entity. Raises ProblemRaised, StoreError, CallProcessAway."""
    kind = kind_of(request)
    name = await _stored_name(api, request, kind)
    wanted = DeleteEntity(kind, name, write_requests.since(request))
    await write_requests.write(api, request, wanted, missing=HTTPStatus.NOT_FOUND)
    return reply(ConfigDeletion(kind, name))


async def renew(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Replace the token of a program, and reply with the new one."""
    name, token = request.path_values["name"], secrets.token_urlsafe(32)
    await _page(api, request, API_TOKEN.kind, name)
    await write_requests.write(api, request, SetOptions(API_TOKEN.kind, name, {"token": token}))
    return await _shown(api, request, API_TOKEN.kind, name, {}, token=token)


def kind_of(request: ApiRequest) -> str:
    """Return the kind in the path. Raises ProblemRaised (404)."""
    try:
        return entity_of(request.path_values["kind"]).kind
    except NotFound as missing:
        raise not_found(missing) from None


def checked(kind: str, given: dict[str, Any]) -> dict[str, str]:
    """Return options as texts. Raises ProblemRaised (422), which names each invalid option."""
    texts = config_files.texts("the body", given)
    wrong: list[tuple[str, OptionError]] = []
    for option, text in texts.items():
        try:
            check(kind, {option: text})
        except OptionError as error:
            wrong.append((option, error))
    if wrong:
        why = OptionError("options_invalid", "{faults}", faults="; ".join(str(error) for _, error in wrong))
        raise write_requests.invalid(why, (FieldFault(option, str(error)) for option, error in wrong))
    return texts


def _options(request: ApiRequest, kind: str) -> dict[str, str]:
    return checked(kind, body_errors.decoded(request, OptionsBody))


async def _created(api: JsonApi, request: ApiRequest, kind: str, name: str, options: dict[str, str]) -> ApiAnswer:
    try:
        name = check_name(kind, name)
    except OptionError as error:
        raise write_requests.invalid(error, [FieldFault("name", str(error))]) from None
    token = ""
    if kind == API_TOKEN.kind:
        if "token" in options:
            raise _token_chosen()
        options |= {"token": (token := secrets.token_urlsafe(32))}
    await write_requests.write(api, request, CreateEntity(kind, name, options), fields=options)
    secret = await _hook_secret(api, request, name) if kind == EVENT_HOOK.kind else ""
    return await _shown(api, request, kind, name, options, HTTPStatus.CREATED, token, secret)


async def _hook_secret(api: JsonApi, request: ApiRequest, name: str) -> str:
    """Return the secret of a new event hook; the history notes it. Raises ProblemRaised, StoreError."""
    outcome = await write_requests.write(api, request, do(event_hooks.show_secret, name), HTTPStatus.NOT_FOUND)
    return msgspec.json.decode(outcome.answer, type=event_hooks.EventHookSecret).secret


async def _shown(
    api: JsonApi,
    request: ApiRequest,
    kind: str,
    name: str,
    given: dict[str, str],
    status: HTTPStatus = HTTPStatus.OK,
    token: str = "",
    secret: str = "",
) -> ApiAnswer:
    """Reply with an entity, and with warnings about the options that it was given."""
    [entry] = _entries(kind, await _page(api, request, kind, name))
    warnings = await in_time(config_warnings.of_entity, api.db, kind, entry.name, given) if given else []
    headers = {"ETag": f'"{entry.revision}"'}
    if status == HTTPStatus.CREATED:
        headers["Location"] = f"/api/v1/config/{kind}/{quote(entry.name)}"
    matches = await _matches(api, entry.name) if kind == CAMPAIGN.kind and given.get("lead_filter") else None
    whole = msgspec.structs.replace(entry, token=token, secret=secret, warnings=warnings, lead_filter_matches=matches)
    return reply(whole, status, **headers)


async def _matches(api: JsonApi, campaign: str) -> MatchesOfLeadFilter | None:
    """Count the leads that a filter matches. The change is made, so an answer without the count is better than none."""
    try:
        count = await in_time(filter_matches.count, api.db, campaign, time.time_ns() // 1000)
    except (NotFound, ReadInterrupted):  # it was deleted since, or has very many leads
        return None
    return MatchesOfLeadFilter(*count)


async def _page(api: JsonApi, request: ApiRequest, kind: str, name: str) -> ConfigPage:
    """Return an entity, as the client sees it. Raises ProblemRaised (404), StoreError."""
    try:
        return await in_time(config_pages.one, api.db, kind, name, request.campaigns, viewer(request.asker))
    except NotFound as missing:
        raise not_found(missing) from None


async def _stored_name(api: JsonApi, request: ApiRequest, kind: str) -> str:
    """Return the name in the path as it is stored. Raises ProblemRaised (404), StoreError."""
    [name] = (await _page(api, request, kind, spelled(kind, request.path_values["name"]))).entities
    return name


def _entries(kind: str, page: ConfigPage) -> list[ConfigurationEntry]:
    return [ConfigurationEntry(kind, name, page.revision, options) for name, options in page.entities.items()]


def _token_chosen() -> ProblemRaised:
    why = "Warmline generates the token; leave the option out, or send POST /api/v1/api-tokens/NAME/renew"
    status, faults = HTTPStatus.UNPROCESSABLE_ENTITY, (FieldFault("token", why),)
    return ProblemRaised(status, "token_not_given", "token cannot be chosen: {why}", errors=faults, why=why)
