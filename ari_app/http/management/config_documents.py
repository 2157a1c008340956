"""The whole configuration as JSON: read it, compare a document with it, apply a document, undo a revision."""

from dataclasses import dataclass

import msgspec

from ari_app.http.management import config_warnings, write_requests
from ari_app.http.management.config_shapes import (
    ConfigNamed,
    ConfigPlan,
    DocumentBody,
    UndoBody,
)
from ari_app.http.server.api_request import ApiAnswer, ApiRequest, reply
from ari_app.http.server.bearer_tokens import asker_of
from ari_app.http.server.problems import not_found
from ari_app.http.server.worker_threads import in_time
from ari_app.http.v1.bodies import body_errors
from ari_app.http.v1.live_state import JsonApi
from ari_app.records.privileged_write_types import (
    MOST_ENTITIES,
    MOST_SECRETS,
    ApplyEntities,
    UndoRevision,
    WantedEntity,
)
from ari_app.records.privileged_writes import of_kinds, of_undo
from ari_app.records.write_results import WriteOutcome
from warmline.operations.configuration_documents import ConfigurationChange
from warmline.options import config_files
from warmline.options.option_table import ENTITIES, OptionError
from warmline.options.user_options import MUST_CHANGE
from warmline.options.values.option_types import Secret, Token
from warmline.store.configuration import change_plan, config_history
from warmline.store.configuration.config_rows import HASH
from warmline.store.configuration.group_view import GroupView, viewer
from warmline.store.configuration.users import User
from warmline.store.database.errors import Conflict, NotFound
from warmline.store.database.reading import reading

DOCUMENT = "configuration"  # its name in errors


@dataclass(frozen=True, slots=True)
class DocumentPlan:
    """The entities of a document that differ, and the entities of its kinds that it does not name.

    `skipped` are sentences for options of former versions.
    """

    wanted: list[WantedEntity]
    unnamed: list[tuple[str, str]]
    skipped: list[str]


async def diff(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Reply with the changes that a document needs. Raises ProblemRaised, StoreError, CallProcessAway."""
    return await _applied(api, request, dry_run=True)


async def apply(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Make the changes that a document needs, all or none. Raises ProblemRaised, StoreError, CallProcessAway."""
    return await _applied(api, request, dry_run=False)


async def undo(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Undo a revision. Raises ProblemRaised, StoreError, CallProcessAway."""
    body = body_errors.decoded(request, UndoBody)
    try:
        found = await api.threads.report(asker_of(request), config_history.revision, api.db, int(body.revision))
    except NotFound as missing:
        raise not_found(missing) from None
    write_requests.allow_all(request, of_undo(found.changes), "undoRevision")
    outcome = await write_requests.write(api, request, UndoRevision(int(body.revision), body.dry_run))
    return reply(_plan(outcome, [], []))


async def _applied(api: JsonApi, request: ApiRequest, *, dry_run: bool) -> ApiAnswer:
    body: DocumentBody = body_errors.decoded(request, DocumentBody)
    try:
        plan = await api.threads.report(asker_of(request), _needed, api.db, body, viewer(request.asker))
    except NotFound as missing:
        raise not_found(missing) from None
    except OptionError as error:
        raise write_requests.invalid(error) from None
    except Conflict as error:
        raise write_requests.conflict(error) from None
    if not dry_run:
        write_requests.allow_all(request, of_kinds(one.kind for one in plan.wanted), "applyConfiguration")
    outcome, warnings = WriteOutcome(), plan.skipped
    if plan.wanted:
        since = None if body.revision is None else int(body.revision)
        outcome = await write_requests.write(api, request, ApplyEntities(plan.wanted, since, dry_run))
    if plan.wanted:
        about = config_warnings.of_planned if dry_run else config_warnings.of_entities
        warnings = [*warnings, *await in_time(about, api.db, plan.wanted)]
    return reply(_plan(outcome, [] if body.prune else plan.unnamed, warnings))


def _needed(db: str, body: DocumentBody, user: User | None) -> DocumentPlan:
    """Return what a document needs. Only differences go to the process of the calls.

    A `user` sees the people of some groups alone. Raises NotFound, OptionError, StoreError.
    """
    skipped = list[str]()
    named = config_files.of_documents([(DOCUMENT, body.configuration)], skipped.append)
    kinds = {kind for kind, _ in named} | set(body.configuration) & set(ENTITIES)
    others = change_plan.unnamed(db, named, kinds)
    if user:
        with reading(db) as opened:
            view = GroupView(opened, user)
            view.check(named)
            others = [one for one in others if view.includes(*one)]
    wanted: dict[tuple[str, str], dict[str, str] | None] = {**named, **(dict.fromkeys(others) if body.prune else {})}
    _check_size(wanted)
    return DocumentPlan(
        [_reduced(change, wanted) for change in change_plan.differences(db, wanted, compare=False)], others, skipped
    )


def _reduced(change: change_plan.ConfigChange, wanted: dict[tuple[str, str], dict[str, str] | None]) -> WantedEntity:
    texts = wanted[change.kind, change.name]
    kept = {*change.new, MUST_CHANGE}  # N beside a new password is said also if it is N already
    needed = None if texts is None else {option: text for option, text in texts.items() if option in kept}
    return WantedEntity(change.kind, change.name, needed)


def _check_size(wanted: dict[tuple[str, str], dict[str, str] | None]) -> None:
    """Check what makes a document slow. Raises OptionError."""
    secrets = sum(
        _is_hashed(kind, option, text) for (kind, _), texts in wanted.items() for option, text in (texts or {}).items()
    )
    if len(wanted) > MOST_ENTITIES or secrets > MOST_SECRETS:
        raise OptionError(
            "config_document_too_large",
            "the document has {entities} entities, {secrets} passwords and PINs; allowed: {most} and {most_secrets}",
            entities=len(wanted),
            secrets=secrets,
            most=MOST_ENTITIES,
            most_secrets=MOST_SECRETS,
        )


def _is_hashed(kind: str, option: str, text: str) -> bool:
    """Return whether an option is a secret that must be hashed, which takes about 25 ms."""
    types = [one.type for one in ENTITIES[kind].options if one.name == option]
    return any(isinstance(type, Secret) and not isinstance(type, Token) for type in types) and not text.startswith(HASH)


def _plan(outcome: WriteOutcome, unnamed: list[tuple[str, str]], warnings: list[str]) -> ConfigPlan:
    changes = [ConfigurationChange(*msgspec.structs.astuple(one)) for one in outcome.changes]
    return ConfigPlan(outcome.revision, changes, [ConfigNamed(*one) for one in unnamed], outcome.lost, warnings)
