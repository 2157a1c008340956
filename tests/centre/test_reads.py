"""`warmline.centre()`: events, records of the past, and which centre a program means."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest

import warmline
from tests.centre.conftest import after_login
from tests.centre.program import Program
from tests.cli.app_stub import AppStub, Told, served
from tests.http.people.people_site import PASSWORD
from tests.wording.said import refused
from warmline.centre import AppAway, AppRefused, LoginError, NotFound
from warmline.operations import callbacks, do_not_call, reports, sessions
from warmline.operations.operation import Page
from warmline.options.values.entity import OptionError
from warmline.store.database.reading import keeping

TOKEN = "t" * 43


def past_call(program: Program) -> str:
    """Let a call have been."""
    call = program.app.site.customer()
    program.driver.wait(2)
    program.app.site.ask("POST", f"/calls/{call}/hangup", {})
    return call


@pytest.mark.parametrize("is_far", [False, True])
def test_records_of_the_past(is_far: bool, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    program: Program = request.getfixturevalue("far" if is_far else "program")
    call = past_call(program)

    async def work() -> None:
        async with after_login(program) if is_far else warmline.centre() as centre:
            [found] = await centre.past_calls(agent="1000")
            assert (found.call, found.direction, found.agent) == (call, "in", "1000")
            assert [one.call for one in await centre.past_calls(number=found.number, limit=5)] == [call]
            story = await centre.past_call(call[:14])
            assert story.call and story.call["id"] == call
            with pytest.raises(NotFound):
                await centre.past_call("00000000000000000000000000")
            assert await centre.recordings(datetime(2020, 1, 1, tzinfo=UTC), agent="1000") == []
            with pytest.raises(ValueError, match="either an agent or a number"):
                await centre.past_calls()

    if is_far:
        program.run(work())
    else:
        program.app.site.stop()  # on this machine, the past needs no app
        asyncio.run(work())
        program.app.site.start()


def test_events_come_as_they_happen_and_from_the_beginning(program: Program) -> None:
    call = program.app.site.customer()

    async def work() -> None:
        async with warmline.centre() as centre:
            heard = []

            async def listen() -> None:
                async for event in centre.events(call=call):
                    heard.append(event.type)
                    if event.type == "call.ended":
                        return

            await program.meanwhile(listen(), lambda: program.driver.hang_up("cust"))
            assert "call.ended" in heard
            async for event in centre.events(after="0", call=call):
                assert (event.call, event.type[:5]) == (call, "call.") or event.type
                break

    program.run(work())


def test_a_login_ends_with_the_block(far: Program) -> None:
    async def work() -> None:
        async with after_login(far) as centre:
            assert (await centre.request("GET", "me"))["user"] == "mia"
        with refused(AppRefused, "session_ended"):
            await centre.agents()
        with pytest.raises(AppRefused):
            async with warmline.centre(far.app.site.url, user="mia", password=PASSWORD[:-1]):
                pass
        token = far.app.site.token
        async with warmline.centre(far.app.site.url, token=token) as centre:
            assert len(await centre.agents()) == 2

    far.run(work())


def test_who_has_not_logged_in_has_no_own_sessions(program: Program) -> None:
    async def work() -> None:
        async with warmline.centre() as centre:
            with refused(LoginError, "own_login_needed"):
                await centre.do(sessions.list_sessions)

    asyncio.run(work())


def test_a_person_has_the_rights_of_their_role(far: Program) -> None:
    async def work() -> None:
        async with after_login(far, "anna") as centre:
            assert [agent.user for agent in await centre.agents()] == ["1000"]
            for refused_work in (centre.agent("1002").pause(), centre.adopt("PJSIP/1002-1", "1002", app="script-a")):
                with pytest.raises(AppRefused):
                    await refused_work

    far.run(work())


def test_a_centre_that_is_not_there_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WARMLINE_RUN", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))

    async def work() -> None:
        async with warmline.centre() as centre:
            with pytest.raises(AppAway, match="the app was not started"):
                await centre.agents()
            with pytest.raises(AppAway):
                async for _ in centre.events():
                    pass
        with refused(LoginError, "token_missing"):
            async with warmline.centre("https://pbx.example.org:8089"):
                pass
        with pytest.raises(LoginError, match="clear text"):
            async with warmline.centre("http://pbx.example.org", token=TOKEN):
                pass
        with pytest.raises(ValueError, match="needs the address"):
            async with warmline.centre(user="ada"):
                pass

    asyncio.run(work())


def test_an_app_of_another_version_is_named(tmp_path: Path) -> None:
    async def work(url: str) -> None:
        async with warmline.centre(url, token=TOKEN) as centre:
            with refused(AppRefused, "answer_of_other_version"):
                await centre.agents()
            with refused(AppRefused, "answer_of_other_version"):
                await centre.do(do_not_call.list_numbers)

    with served(AppStub({}, Told(200, b'[{"user": "1000"}]'))) as stub:
        asyncio.run(work(stub.url))


def test_nothing_is_loaded_before_it_is_used() -> None:
    with keeping():
        assert callable(warmline.centre)
    with pytest.raises(AttributeError):
        warmline.center  # type: ignore[attr-defined] # noqa: B018


@pytest.mark.parametrize("is_far", [False, True])
def test_operations_are_done_where_they_are(is_far: bool, request: pytest.FixtureRequest) -> None:
    """A change and a read of records, pages, a command to the running calls, and what each refuses."""
    program: Program = request.getfixturevalue("far" if is_far else "program")

    async def work() -> None:
        async with after_login(program) if is_far else warmline.centre() as centre:
            for number in ("8005551234", "8005551235"):
                assert (await centre.do(do_not_call.add_number, number, why="letter")).added
            assert not (await centre.do(do_not_call.add_number, "8005551234")).added
            [entry] = await centre.do(do_not_call.list_numbers, Page(limit=1))
            assert (entry.phone_number, entry.campaign, entry.why) == ("8005551234", "", "letter")
            [entry] = await centre.do(do_not_call.list_numbers, Page(after=entry.id), campaign="")
            assert entry.phone_number == "8005551235"
            day = await centre.do(reports.report_day, since="1h", timezone="UTC", by="ingroup")
            assert (day.timezone, day.rows, day.totals.calls) == ("UTC", [], 0)
            assert (await centre.do(reports.report_sheet, "day")).startswith(b"kind,group,name,calls,")
            with refused(OptionError if not is_far else AppRefused, "report_parameter_invalid"):
                await centre.do(reports.report_day, by="week")
            with refused(NotFound, "callback_unknown" if not is_far else "app_not_found"):
                await centre.do(callbacks.get_callback, "NONE")
            with refused(NotFound, "app_not_found"):
                await centre.do(callbacks.cancel_callback, "NONE")
            with refused(OptionError, "argument_not_allowed"):
                await centre.do(do_not_call.remove_number, "no number")
            with pytest.raises(TypeError):
                await centre.do(do_not_call.add_number, nummer="8005551234")  # type: ignore[call-overload]

    program.run(work())
