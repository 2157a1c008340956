"""Changes of the configuration through the socket: the call process checks the token, and writes in its name."""

import json
from pathlib import Path

import msgspec
import pytest

from ari_app.link.call_client import CallLink
from ari_app.link.command_rights import ClientUnknown
from ari_app.records.privileged_write_types import (
    AddDncNumbers,
    AddLeads,
    ChangeLeads,
    DoOperation,
    PlaceLeads,
    PrivilegedWrite,
    ResetLeads,
    RevokeRecordingLinks,
    do,
)
from ari_app.records.remote_records import RemotePrivileged
from ari_app.records.write_results import WriteClient, WriteRefused
from tests.link.test_records import READS, Site
from tests.wording.said import refused
from warmline.access.rights import UserRole
from warmline.operations import do_not_call, event_hooks, people, sessions
from warmline.operations.configuration import WantedEntity, insert_entity, remove_entity, update_entity
from warmline.operations.configuration_documents import ConfigurationPlan, apply_entities, take_back
from warmline.options.user_options import MUST_CHANGE
from warmline.options.values.entity import OptionError
from warmline.store.configuration import config, config_history, own_sessions, user_sessions, users
from warmline.store.configuration.config_history import WantedRevisions
from warmline.store.database.errors import Conflict, NotFound
from warmline.store.leads import dnc

TOKENS = {"reader": "config:read", "manager": "config:write", "admin": "users:write", "leads": "leads:write"}
NEW = do(insert_entity, "campaign", "NEW", {"dial_timeout": "25"})
SETTING = do(update_entity, "setting", "warmline", {"max_legs": "9"})


def secret(name: str) -> str:
    return (name * 43)[:43]


def client(name: str) -> WriteClient:
    """A client as the API process describes it; only its token counts."""
    return WriteClient("user:root", secret(name))


@pytest.fixture
def site(tmp_path: Path) -> Site:
    made = Site(tmp_path)
    for name, scopes in TOKENS.items():
        config.create(made.db, "api-token", name, {"scopes": scopes, "token": secret(name)}, who="test")
    config.create(made.db, "user", "boss", {"pass": "chosen-one7", "role": "manager"}, who="test")
    return made


def test_a_change_is_made_in_the_tokens_name_with_the_errors_of_the_database(site: Site) -> None:
    async def talk(link: CallLink) -> None:
        remote = RemotePrivileged(link)
        await remote.write(NEW, client("manager"))
        assert (
            await remote.write(do(update_entity, "campaign", "NEW", {"dial_timeout": "26"}), client("manager"))
        ).count == 1
        outcome = await remote.write(
            do(apply_entities, [WantedEntity("campaign", "NEW", None)], dry_run=True), client("reader")
        )
        planned = msgspec.json.decode(outcome.answer, type=ConfigurationPlan)
        [change] = planned.changes
        assert (planned.revision, change.action, change.before["dial_timeout"]) == (0, "delete", 26)
        with refused(Conflict, "entity_exists"):
            await remote.write(NEW, client("manager"))
        with refused(Conflict, "config_changed_since"):
            await remote.write(do(remove_entity, "campaign", "NEW", since=1), client("manager"))
        with refused(NotFound, "entity_unknown"):
            await remote.write(do(remove_entity, "campaign", "OLD"), client("manager"))
        with pytest.raises(OptionError, match="dial_timeou"):
            await remote.write(do(update_entity, "campaign", "NEW", {"dial_timeou": "1"}), client("manager"))
        await remote.write(do(do_not_call.add_number, "7275551212", why="letter"), client("leads"))
        told = await remote.write(ChangeLeads("999", "status=NEW", status="NI"), client("leads"))
        assert told.leads == (0, 0, 0, 0, None, 0)
        with refused(WriteRefused, "write_not_allowed"):
            await remote.write(ChangeLeads("999", "", delete=True), client("manager"))

    site.run_linked(talk)
    assert {one.who for one in config_history.newest(site.db, 2, WantedRevisions("campaign"))} == {"token:manager"}
    assert [(row["by"], row["why"]) for row in dnc.page(site.db)] == [("token:leads", "letter")]


def test_no_plan_tells_whether_a_guessed_password_is_right(site: Site) -> None:
    """A program that has taken over the API process has the token of somebody who may read the configuration."""
    plans = list[bytes]()

    async def talk(link: CallLink) -> None:
        for guess in ("chosen-one7", "another-one7"):
            planned = do(apply_entities, [WantedEntity("user", "boss", {"pass": guess})], dry_run=True)
            plans.append((await RemotePrivileged(link).write(planned, client("reader"))).answer)
            given = msgspec.json.decode(planned.arguments) | {"compare": True}
            with refused(OptionError, "argument_not_allowed"):
                await RemotePrivileged(link).write(
                    DoOperation(planned.id, msgspec.json.encode(given)), client("reader")
                )
        with refused(NotFound, "kind_unknown"):
            await RemotePrivileged(link).write(
                do(apply_entities, [WantedEntity("nothing", "boss", {})], dry_run=True), client("reader")
            )

    site.run_linked(talk)
    assert plans[0] == plans[1]


NEEDED: tuple[tuple[PrivilegedWrite, set[str]], ...] = (  # the tokens that may
    (NEW, {"manager"}),
    (SETTING, {"admin"}),
    (do(insert_entity, "api-token", "x", {"scopes": "ALL", "token": "x" * 43}), {"admin"}),
    (do(apply_entities, [WantedEntity("setting", "warmline", {"max_legs": "8"})]), {"admin"}),
    (do(apply_entities, [WantedEntity("setting", "warmline", {"max_legs": "8"})], dry_run=True), {"reader"}),
    (do(apply_entities, [WantedEntity(one, "warmline", {}) for one in ("setting", "campaign")]), set()),
    (do(people.add_person, "bea", agent="1010"), {"manager"}),
    (do(people.add_person, "bea", UserRole.SUPERVISOR), set()),
    (do(people.give_password, "boss"), set()),
    (do(people.reset_second_factor, "boss"), {"admin"}),
    (do(sessions.end_session_of_user, "0"), {"admin"}),
    (do(sessions.end_session, "0"), set()),  # programs have no account
    (do(sessions.end_other_sessions), set()),
    (do(do_not_call.add_number, "7275551212"), {"leads"}),
    (AddDncNumbers(["7275551212"]), {"leads"}),
    (do(do_not_call.remove_number, "7275551212"), {"leads"}),
    (do(event_hooks.show_secret, "crm"), {"admin"}),
    (do(event_hooks.renew_secret, "crm"), {"admin"}),
    (do(event_hooks.send_sample, "crm"), {"admin"}),
    (do(event_hooks.get_event_hook, "crm"), set()),
    (ResetLeads("101"), {"leads"}),
    (PlaceLeads("101"), {"leads"}),
    (AddLeads("101", [{"phone_number": "7275551212"}]), {"leads"}),
    (do(take_back, 1, dry_run=True), {"reader"}),
    (do(take_back, 1), {"admin"}),
)


def test_each_write_needs_its_scope_in_the_call_process(site: Site) -> None:
    """A program that has taken over the API process has only the tokens of the clients that ask it."""
    wrong: list[object] = []

    async def is_allowed(link: CallLink, write: PrivilegedWrite, name: str) -> bool:
        try:
            await RemotePrivileged(link).write(write, client(name))
        except WriteRefused as error:
            assert error.code in ("write_not_allowed", "operation_unknown") and name != "unknown"
            return False
        except ClientUnknown:
            assert name == "unknown"
            return False
        except (NotFound, Conflict):
            pass
        return True

    async def talk(link: CallLink) -> None:
        for write, names in NEEDED:
            allowed = {name for name in (*TOKENS, "unknown") if await is_allowed(link, write, name)}
            wrong.extend([(write, allowed)] if allowed != names else [])

    site.run_linked(talk)
    assert wrong == []


UNREADABLE = (b"", b"null", b"[1]", b'"text"', b"[" * 100_000, b'{"phone_number": NaN}', b'{"phone_number": "\xff"}')


def test_arguments_of_an_operation_that_cannot_be_read_are_refused(
    site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    async def talk(link: CallLink) -> None:
        for arguments in UNREADABLE:
            with refused(OptionError, "argument_not_allowed"):
                await RemotePrivileged(link).write(DoOperation("addDnc", arguments), client("leads"))

    site.run_linked(talk)
    assert [record for record in caplog.records if record.exc_info] == []


def test_a_client_revokes_the_links_of_recordings_that_it_may_hear(site: Site) -> None:
    site.add("R1", b"audio")
    config.create(site.db, "agent", "1001", {}, who="test")
    config.create(site.db, "user", "ann", {"pass": "opensesame7", "role": "agent", "agent": "1001"}, who="test")
    ann = user_sessions.begin(site.db, "ann", "opensesame7", "test")

    async def talk(link: CallLink) -> None:
        remote = RemotePrivileged(link)
        for token in (ann.token, secret("manager")):
            with refused(WriteRefused, "write_not_allowed"):
                await remote.write(RevokeRecordingLinks("R1"), WriteClient("user:root", token))
        with refused(NotFound, "recording_unknown"):
            await remote.write(RevokeRecordingLinks("R2"), WriteClient("user:root", READS))
        await remote.write(RevokeRecordingLinks("R1"), WriteClient("user:root", READS))
        with refused(WriteRefused, "write_not_allowed"):
            await remote.write(RevokeRecordingLinks(), WriteClient("user:root", READS))
        await remote.write(RevokeRecordingLinks(), client("admin"))

    site.run_linked(talk)


def test_users_end_their_own_sessions_and_administrators_those_of_all(site: Site) -> None:
    """The token says whose they are: a program that has taken over the API process names only tokens that it has."""
    for name, role in (("mia", "manager"), ("ada", "admin"), ("tom", "supervisor")):
        config.create(site.db, "user", name, {"pass": "opensesame7", "role": role}, who="test")

    def begin(user: str, program: str = "test") -> str:
        return user_sessions.begin(site.db, user, "opensesame7", program).token

    def is_there(token: str) -> bool:
        return users.of_token(site.db, token) is not None

    async def talk(link: CallLink) -> None:
        async def end(token: str, write: PrivilegedWrite) -> object:
            return json.loads((await RemotePrivileged(link).write(write, WriteClient("user:ada", token))).answer)

        ada, wall, mia, other = begin("ada"), begin("tom", "wallboard"), begin("mia"), begin("mia", "tablet")
        session = own_sessions.of_user(site.db, "mia")[-1].id
        for token, write, error, code in (
            (ada, do(sessions.end_session, session), NotFound, "own_session_unknown"),
            (mia, do(sessions.end_session_of_user, session), WriteRefused, "write_not_allowed"),
            (ada, do(sessions.end_session_of_user, "0"), NotFound, "session_over"),
            (wall, do(sessions.end_other_sessions), WriteRefused, "write_not_allowed"),
        ):
            with refused(error, code):
                await end(token, write)
        assert await end(ada, do(sessions.end_other_sessions)) == {"ended": 0}
        assert is_there(mia) and is_there(other) and is_there(wall)
        assert await end(mia, do(sessions.end_other_sessions)) == {"ended": 1} and not is_there(other)
        assert await end(mia, do(sessions.end_session, session)) == {"ended": 1} and not is_there(mia)
        config.set_options(site.db, "user", "mia", {MUST_CHANGE: "Y"}, who="test")
        gated = begin("mia")
        with refused(WriteRefused, "write_not_allowed"):
            await end(gated, do(sessions.end_other_sessions))
        [left] = own_sessions.of_user(site.db, "mia")
        assert await end(ada, do(sessions.end_session_of_user, left.id)) == {"ended": 1} and not is_there(gated)

    site.run_linked(talk)


def test_a_large_change_does_not_end_the_connection(site: Site) -> None:
    async def talk(link: CallLink) -> None:
        remote = RemotePrivileged(link)
        entities = [WantedEntity("script", f"S{number}", {"script_text": "x" * 9_000}) for number in range(40)]
        with refused(WriteRefused, "write_too_large"):
            await remote.write(do(apply_entities, entities), client("manager"))
        outcome = await remote.write(do(apply_entities, entities[:20]), client("manager"))
        assert len(msgspec.json.decode(outcome.answer)["changes"]) == 20 and link.is_up

    site.run_linked(talk)
