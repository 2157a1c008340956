"""The whole configuration as a document, to read, compare and apply it; and the undo of a revision.

Of a document, the process of the client finds the entities that differ, and sends only these to the call process.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any

from msgspec import Meta, Struct, structs

from warmline.access.rights import UserRole, scope_to_change, scopes_for_person, scopes_of_kinds
from warmline.operations.configuration import READ, WRITE, Revision, WantedEntity, entity_of
from warmline.operations.configuration_revisions import BOUNDS, ConfigurationChange, change_of
from warmline.operations.operation import Caller, Field, RecordsChange, change, operation
from warmline.options.option_table import ENTITIES
from warmline.options.user_options import MUST_CHANGE, USER
from warmline.options.values.entity import OptionError
from warmline.options.values.option_types import Secret, Token
from warmline.store.configuration import change_plan, config, config_history, config_pages
from warmline.store.configuration.config_rows import HASH
from warmline.store.database.reading import reading

if TYPE_CHECKING:
    pass

MAX_ENTITIES = 5000  # in a document
MAX_SECRETS = 100  # passwords and PINs in a document; each takes about 25 ms


class WholeConfiguration(Struct, frozen=True):
    """The whole configuration, without secrets: entities by kind and name; the kind `setting` has one entity."""

    revision: int
    configuration: dict[str, dict[str, Any]]


@operation("GET /config", "readConfiguration", READ, **BOUNDS, takes_long=True)
def read_configuration(
    caller: Caller, changed: Annotated[bool, Field("Only options that differ from their default.")] = False
) -> WholeConfiguration:
    """Show the whole configuration, as `config export` writes it, without secrets."""
    revision, found = config_pages.whole(caller.db, caller.viewer)
    found = config.set_apart(found) if changed else found
    kinds = {kind: entities[only] if (only := ENTITIES[kind].only) else entities for kind, entities in found.items()}
    return WholeConfiguration(revision, kinds)


class ConfigurationName(Struct, frozen=True):
    """The name of an entity."""

    kind: str
    name: str


class ConfigurationPlan(Struct, frozen=True):
    """Changes that were made as `revision`, or that would be made if that is 0.

    `unnamed` are entities of the same kinds that the document does not name, and that stay. `lost` are secrets that an
    undo cannot restore. `warnings` are about changed options that are probably not meant so, also before the change.
    """

    revision: int
    changes: list[ConfigurationChange]
    unnamed: list[ConfigurationName]
    lost: list[str]
    warnings: list[str]


# JSON has only one kind of number; 12.0 is an integer too.
Since = Annotated[
    float,
    Meta(ge=0, le=2**53 - 1, multiple_of=1, examples=[12]),
    Field("Change nothing if one of the entities changed after this revision.", "REV"),
]
Document = Annotated[dict[str, dict[str, Any]], Field("The configuration.", "DOCUMENT")]
Prune = Annotated[bool, Field("Delete entities of these kinds that are not named.")]
TAKES_DOCUMENT = BOUNDS | {"body_name": "ConfigurationRequest", "takes_long": True}
IN_DOCUMENT = {"campaign": {"TESTCAMP": {"dial_timeout": 25}}}


@operation(
    "POST /config/diff",
    "compareConfiguration",
    READ,
    **TAKES_DOCUMENT,
    only_reads=True,
    more_problems=(409,),
    example={"configuration": IN_DOCUMENT},
)
def compare_configuration(
    caller: Caller, configuration: Document, prune: Prune = False, revision: Since | None = None
) -> RecordsChange[ConfigurationPlan]:
    """Show the changes that a configuration needs.

    A configuration, as `GET /config` shows it: entities by kind and name, with the options that they shall have.

    `prune` deletes entities of these kinds that are not named. With a `revision`, nothing is changed if one of the
    entities changed after it.
    """
    return _application(caller, configuration, prune, revision, dry_run=True)


@operation(
    "POST /config/apply",
    "applyConfiguration",
    WRITE,
    **TAKES_DOCUMENT,
    more_problems=(409, 412),
    example={"configuration": IN_DOCUMENT, "revision": 12},
)
def apply_configuration(
    caller: Caller, configuration: Document, prune: Prune = False, revision: Since | None = None
) -> RecordsChange[ConfigurationPlan]:
    """Make the changes that a configuration needs, all or none."""
    return _application(caller, configuration, prune, revision, dry_run=False)


@operation(
    "POST /config/undo",
    "undoRevision",
    WRITE,
    **BOUNDS,
    takes_long=True,
    body_name="UndoRequest",
    more_problems=(404, 409),
    needs_scope=True,
    scopes=lambda db, arguments: _scopes_of_revision(db, int(arguments["revision"])),
    example={"revision": 12},
)
def undo_revision(
    caller: Caller,
    revision: Annotated[
        float, Meta(ge=1, le=2**53 - 1, multiple_of=1, examples=[12]), Field("The number of the revision.", "REV")
    ],
    dry_run: Annotated[bool, Field("Only show the changes.")] = False,
) -> RecordsChange[ConfigurationPlan]:
    """Undo a revision of the configuration, or show what that would change.

    The number of the revision to undo; `dry_run` only shows the changes.
    """
    arguments = {"revision": int(revision), "dry_run": dry_run}
    return RecordsChange(take_back, arguments, lambda plan: plan)


def _scopes(_db: str, arguments: Mapping[str, Any]) -> set[str]:
    return {READ} if arguments["dry_run"] else scopes_of_kinds(wanted.kind for wanted in arguments["wanted"])


def _scopes_to_undo(db: str, arguments: Mapping[str, Any]) -> set[str]:
    """Return the scopes that an undo takes. Who may make the user of an agent may take it back."""
    if arguments["dry_run"]:
        return {READ}
    return _scopes_of_revision(db, arguments["revision"])


def _scopes_of_revision(db: str, revision: int) -> set[str]:
    found = set[str]()
    for row in config_history.revision(db, revision).changes:
        is_new_user = (row.kind, row.action) == (USER.kind, "create")
        role = UserRole(row.after.get("role", UserRole.AGENT)) if is_new_user else None
        found |= scopes_for_person(role) if role is UserRole.AGENT else {scope_to_change(row.kind)}
    return found or {WRITE}


@change("applyEntities", _scopes, "ALL")
def apply_entities(
    caller: Caller,
    wanted: Annotated[list[WantedEntity], Meta(max_length=MAX_ENTITIES)],
    since: Revision | None = None,
    dry_run: bool = False,
) -> ConfigurationPlan:
    """Bring entities to a wanted state, all or none, or only say what would change."""
    options = {(entity.kind, entity.name): entity.options for entity in wanted}
    return _apply(caller, options, since, dry_run=dry_run)


@change("takeBack", _scopes_to_undo, "ALL")
def take_back(caller: Caller, revision: Revision, dry_run: bool = False) -> ConfigurationPlan:
    """Undo a revision of the configuration, or only say what would change."""
    former, lost = config_history.taken_back(caller.db, revision)
    return structs.replace(_apply(caller, former, None, dry_run=dry_run), lost=lost)


def _apply(caller: Caller, wanted: change_plan.Wanted, since: int | None, *, dry_run: bool) -> ConfigurationPlan:
    """Make changes, or only say what would change.

    Of a client, a password counts as new, so that nobody can find out whether a guess is right.
    """
    compare = caller.client is None
    for kind, _ in wanted:
        entity_of(kind)
    if caller.client and not dry_run:
        from warmline.operations import entity_rights

        entity_rights.check_ways(caller, wanted)
    if dry_run:
        changes, revision = change_plan.plan(caller.db, wanted, compare=compare), 0
    else:
        changes = change_plan.differences(caller.db, wanted, compare=compare)
        revision = change_plan.apply(caller.db, changes, who=caller.name, since=since)
    return ConfigurationPlan(revision, [change_of(row, row.locked) for row in changes], [], [], [])


def _application(
    caller: Caller, configuration: Mapping[str, Any], prune: bool, revision: float | None, *, dry_run: bool
) -> RecordsChange[ConfigurationPlan]:
    """Return the change that brings the configuration to a document.

    Raises NotFound, OptionError, Conflict, StoreError.
    """
    from warmline.options import config_files

    skipped = list[str]()
    named = config_files.of_documents([("configuration", configuration)], skipped.append)
    kinds = {kind for kind, _ in named} | set(configuration) & set(ENTITIES)
    others = change_plan.unnamed(caller.db, named, kinds)
    if caller.viewer:
        from warmline.store.configuration.group_view import GroupView

        with reading(caller.db) as opened:
            view = GroupView(opened, caller.viewer)
            view.check(named)
            others = [key for key in others if view.includes(*key)]
    wanted: dict[tuple[str, str], dict[str, str] | None] = {**named, **(dict.fromkeys(others) if prune else {})}
    if is_here := caller.client is None:
        needed = [WantedEntity(*key, texts) for key, texts in wanted.items()]
    else:
        _check_size(wanted)
        needed = [_needed(row, wanted) for row in change_plan.differences(caller.db, wanted, compare=False)]
    unnamed = [] if prune else [ConfigurationName(*key) for key in others]

    def answer(plan: ConfigurationPlan) -> ConfigurationPlan:
        if needed and not is_here:  # a command on this machine has its own words for them
            from warmline.operations import configuration_warnings

            about = configuration_warnings.of_planned if dry_run else configuration_warnings.of_entities
            skipped.extend(about(caller.db, needed))
        return structs.replace(plan, unnamed=unnamed, warnings=skipped)

    since = None if revision is None else int(revision)
    arguments = {"wanted": needed, "since": since, "dry_run": dry_run}
    return RecordsChange(apply_entities, arguments, answer)


def _needed(row: change_plan.ConfigChange, wanted: change_plan.Wanted) -> WantedEntity:
    texts = wanted[row.kind, row.name]
    kept = {*row.new, MUST_CHANGE}  # N beside a new password is said also if it is N already
    needed = None if texts is None else {option: text for option, text in texts.items() if option in kept}
    return WantedEntity(row.kind, row.name, needed)


def _check_size(wanted: change_plan.Wanted) -> None:
    """Check what makes a document slow. Raises OptionError."""
    secrets = sum(
        _is_hashed(kind, option, text) for (kind, _), texts in wanted.items() for option, text in (texts or {}).items()
    )
    if len(wanted) > MAX_ENTITIES or secrets > MAX_SECRETS:
        raise OptionError(
            "config_document_too_large",
            "the document has {entities} entities, {secrets} passwords and PINs; allowed: {most} and {most_secrets}",
            entities=len(wanted),
            secrets=secrets,
            most=MAX_ENTITIES,
            most_secrets=MAX_SECRETS,
        )


def _is_hashed(kind: str, option: str, text: str) -> bool:
    """Return whether an option is a secret that must be hashed, which takes about 25 ms."""
    types = [row.type for row in ENTITIES[kind].options if row.name == option]
    return any(isinstance(type, Secret) and not isinstance(type, Token) for type in types) and not text.startswith(HASH)
