"""A world in which an ARI script runs in the process of a test, without Asterisk and without a network."""

import asyncio
import contextvars
import os
import secrets
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from functools import partial
from pathlib import Path
from typing import Any
from unittest import mock

from warmline.agi.testing import isolated_settings
from warmline.agi.testing.known_sounds import KnownSounds, MissingSound
from warmline.agi.testing.loaded_scripts import new_database
from warmline.ari import adoption, call_server, connection, running_script, script_lock
from warmline.ari.events import Event
from warmline.ari.outcomes import DialOutcome
from warmline.ari.script_name import to_application
from warmline.ari.testing.script_party import Keys, ScriptParty
from warmline.ari.testing.script_process import ScriptProcess, running_process
from warmline.ari.testing.simulated_asterisk import SimulatedAsterisk
from warmline.ari.testing.simulated_centre import SimulatedCentre
from warmline.ari.testing.simulated_client import GivenAnswer, RequestLog, SimulatedClient, SimulatedStream
from warmline.ari.testing.simulated_things import Recording
from warmline.ari.testing.simulated_time import SimulatedTime
from warmline.text.coded_error import CodedError


class Stuck(AssertionError):
    """Nothing more can happen in the test, and the script, or the test, still waits."""


class ScriptWorld:
    """The telephones of a test, and a simulated time. `world` makes it. These attributes say what has happened:

    - `parties`: the parties of `party` and `caller`
    - `handed_over`: the parties whose calls the script has handed to Warmline, in their order
    - `external_media`: the programs at the other ends of external media channels, as parties: they hear and say
    - `recordings`: the recordings by their names; `heard` is what each has recorded, and `seconds` its length
    - `requests`: the requests of the scripts, such as `POST channels/ID/mute`
    - `seconds`: the simulated seconds since the start
    """

    def __init__(self, sounds: Iterable[str] | Path = ()) -> None:
        self._log = RequestLog()
        self._asterisk = SimulatedAsterisk(KnownSounds(sounds))
        self._time = SimulatedTime(self._asterisk.waits, self._fail_as_stuck)
        self._processes: list[ScriptProcess] = []
        self._failure: BaseException | None = None
        self._test = asyncio.current_task()

    @property
    def parties(self) -> list[ScriptParty]:
        """Return the parties of the test."""
        return self._asterisk.parties

    @property
    def handed_over(self) -> list[ScriptParty]:
        """Return the parties whose calls were handed to Warmline."""
        return self._asterisk.handed_over

    @property
    def external_media(self) -> list[ScriptParty]:
        """Return the programs at the other ends of external media channels, in the order of their channels."""
        return self._asterisk.external_media

    @property
    def recordings(self) -> dict[str, Recording]:
        """Return the recordings by their names, also those that are being made."""
        return self._asterisk.recordings

    @property
    def requests(self) -> list[str]:
        """Return the requests of the scripts."""
        return self._log.requests

    @property
    def seconds(self) -> float:
        """Return the simulated seconds since the start."""
        return self._time.seconds

    def party(
        self,
        number: str,
        *outcomes: DialOutcome,
        answers_after: float = 2.0,
        keys: Keys | None = None,
        hang_up_at: str | float = "",
        speaks: float = 3.0,
        name: str = "",
        machine: bool | None = False,
    ) -> ScriptParty:
        """Add a party whom the script can call, and return it. A number without a party does not exist.

        - `number`: a number, or the endpoint of a phone, such as `PJSIP/1000`
        - `outcomes`: what each call to the number meets; the last one stays. Without any, the party answers.
        - `answers_after`: the seconds that it rings
        - `keys`: the keys that the party presses at a sound, such as `{"vm-press": "1"}`. A list has those of the first
          time that the party hears it, of the second time, and so on: `{"vm-press": ["9", "1"]}`, or `"9,1"`.
        - `hang_up_at`: a sound at which the party hangs up, or the seconds after the answer
        - `speaks`: the seconds that the party speaks in a recording
        - `machine`: whether it is an answering machine, as Asterisk's AMD() judges; None if that is not sure
        """
        is_known = any(number in (party.endpoint or party.number,) for party in self.parties)
        assert not is_known, f"there is a party {number} already: give its outcomes in one call"
        party = ScriptParty(
            self._asterisk, number, outcomes, name=name, answers_after=answers_after, keys=keys or {},
            hang_up_at=hang_up_at, speaks=speaks,
        )  # fmt: skip
        party.machine = machine
        self.parties.append(party)
        return party

    def caller(
        self,
        number: str,
        *arguments: str,
        script: str = "",
        keys: Keys | None = None,
        hang_up_at: str | float = "",
        speaks: float = 3.0,
        name: str = "",
    ) -> ScriptParty:
        """Let a caller come from the dialplan, by `Stasis(script-NAME,arguments)`, and return the caller.

        The caller arrives as soon as the script is connected. `script` is its name, if several scripts run. The other
        arguments are those of `party`; `hang_up_at` counts from the arrival.
        """
        caller = self.party(number, keys=keys, hang_up_at=hang_up_at, speaks=speaks, name=name)
        self._asterisk.arrive(caller, to_application(script) if script else "", arguments)
        return caller

    def start(
        self, script: Coroutine[Any, Any, Any], *, killed_before: int = 0, killed_after: int = 0
    ) -> "asyncio.Task[Any]":
        """Run a script during the test, such as one that waits for callers. Its error fails the test immediately.

        So does an error in a handler of `serve`. One of Asterisk or Warmline (CodedError) does not: its reason is in
        `variables["WARMLINE_REASON"]` of the caller. The script is cancelled at the end of the block.

        To see what happens to the parties of a script that dies: it is killed before its request number
        `killed_before` reaches Asterisk, or after number `killed_after`, whose answer it never reads. See `kill`.
        """
        process = ScriptProcess(killed_before, killed_after)
        context = contextvars.copy_context()
        context.run(running_process.set, process)
        task = process.task = asyncio.create_task(script, context=context)
        task.add_done_callback(self._fail_by_script)
        self._processes.append(process)
        return task

    async def kill(self, script: "asyncio.Task[Any]") -> None:
        """Kill a script of `start`, as `kill -9` does: no other request of it reaches Asterisk.

        Its parties stay where Asterisk leaves them: those in a bridge talk on, others hear nothing, and a phone that
        rings is hung up when it answers. The `finally` blocks of the script run, because Python has no other end.
        Its lock stays in the spool, so `start` can run it again.
        """
        for process in self._processes:
            if process.task is script:
                process.kill()
        await asyncio.wait((script,))

    def answers(self, method: str, path: str, answer: Any = None, *, status: int = 200, times: int = 0) -> None:
        """Answer requests by the test instead of this world: what it does not play, or an Asterisk that refuses.

        - `method`, `path`: those of the request, such as `"POST", "bridges/*/record"`; `*` stands for any id
        - `answer`: the JSON of the answer, such as a dictionary or one of `warmline.ari.resources`
        - `status`: the status of a refusal, 400 or more; `answer` is then Asterisk's text
        - `times`: how often; 0 is always
        """
        self._log.answers.append(GivenAnswer(method, tuple(path.strip("/").split("/")), answer, status, times))

    def send(self, event: Event, script: str = "") -> None:
        """Send an event to a script, such as one of a thing that this world does not play.

        `script` is its name, if several scripts run. `party.channel` is a channel for the event. Raises AssertionError.
        """
        apps = [to_application(script)] if script else self._asterisk.apps
        assert len(apps) == 1, f"{len(apps)} scripts are connected: give the name of one"
        assert self._asterisk.is_listening(apps[0]), f"the script {script} is not connected"
        self._asterisk.send(apps[0], event)

    async def until(self, condition: Callable[[], object]) -> None:
        """Wait until a condition holds, such as `lambda: caller.talking_with == [colleague]`. Raises Stuck."""
        await self._asterisk.waits.until(condition)

    @contextmanager
    def installed(self) -> Iterator[None]:
        """Let `connect` reach this world within the block."""

        def client(url: str, user: str, password: str, app: str, **_: object) -> SimulatedClient:
            return SimulatedClient(self._asterisk, self._log, url, user=user, password=password, app=app)

        with (
            mock.patch.object(connection, "AriClient", client),
            mock.patch.object(adoption, "find_centre", lambda _: SimulatedCentre(self._asterisk)),
            mock.patch.object(script_lock, "SOCKET_PREFIX", f"\0warmline-test-{secrets.token_hex(8)}-"),
            mock.patch.object(call_server, "print_ready"),
            mock.patch.object(running_script, "AriEventStream", SimulatedStream),
            self._time.simulate(),
        ):
            loop = asyncio.get_running_loop()
            previous_handler = loop.get_exception_handler()
            loop.set_exception_handler(partial(self._fail_by_call, previous_handler))
            try:
                yield
            finally:
                loop.set_exception_handler(previous_handler)

    async def end(self) -> None:
        """End the scripts that still run."""
        tasks = [process.task for process in self._processes if process.task]
        for task in tasks:
            task.remove_done_callback(self._fail_by_script)
            task.cancel()
        for outcome in await asyncio.gather(*tasks, return_exceptions=True):
            if isinstance(outcome, Exception) and not self._failure:
                self._failure = outcome

    def why(self, error: BaseException | None) -> BaseException | None:
        """Return the error that the test must show: a missing sound, that of a script, or that of the test itself."""
        if self._asterisk.missing and (error is None or isinstance(error, Exception | asyncio.CancelledError)):
            return MissingSound(self._asterisk.missing)
        if self._failure and self._test and isinstance(error, asyncio.CancelledError):
            self._test.uncancel()
        return self._failure if error is None or isinstance(error, asyncio.CancelledError) else error

    def _fail_by_call(
        self,
        previous_handler: "Callable[[asyncio.AbstractEventLoop, dict[str, Any]], object] | None",
        loop: asyncio.AbstractEventLoop,
        context: dict[str, Any],
    ) -> None:
        """Fail the test by an error in the handler of a call. One of Asterisk or Warmline is a case to test."""
        error = context.get("exception")
        if "caller" in context and isinstance(error, BaseException) and not isinstance(error, CodedError):
            self._fail(error)
        elif previous_handler:
            previous_handler(loop, context)
        else:
            loop.default_exception_handler(context)

    def _fail_by_script(self, task: "asyncio.Task[Any]") -> None:
        if not task.cancelled() and (error := task.exception()):
            self._fail(error)

    def _fail_as_stuck(self, reason: str) -> None:
        if self._failure:  # the cancelled script waits again
            raise self._failure
        states = "; ".join(f"{party.number} {party.state}" for party in self.parties) or "there is no party"
        self._fail(Stuck(f"{reason} after {self.seconds:g} s: {states}"))

    def _fail(self, error: BaseException) -> None:
        self._failure = self._failure or error
        if self._test:
            self._test.cancel()


@asynccontextmanager
async def world(
    db: str | Path = "",
    *,
    ingroups: Iterable[str] = (),
    agents: Iterable[str] = (),
    dids: Mapping[str, str] | None = None,
    call_data: str = "",
    sounds: Iterable[str] | Path = (),
) -> AsyncIterator[ScriptWorld]:
    """Make a world within the block, in which `connect` needs no Asterisk, and time takes no time.

    - `db`: Warmline's database, such as one of `new_database`. Without it, a new one is made with `ingroups`, `agents`,
      `dids` and `call_data`, as `new_database` takes them.
    - `sounds`: sound files besides the English core sounds of Asterisk: names, or a folder with files

    Raises MissingSound, also if the script has caught it, and Stuck.
    """
    with _isolate_database(db, ingroups=ingroups, agents=agents, dids=dids, call_data=call_data):
        script_world = ScriptWorld(sounds)
        error: BaseException | None = None
        with script_world.installed():
            try:
                yield script_world
            except BaseException as raised_error:
                error = raised_error
            await script_world.end()
        test_error = script_world.why(error)
        if test_error is not None and test_error is error:
            raise test_error
        if test_error is not None:
            raise test_error from error


@contextmanager
def _isolate_database(db: str | Path, **entities: Any) -> Iterator[None]:
    """Give the script settings, a database and a spool of the test, and none of this machine."""
    with isolated_settings.isolate_settings(db) as empty_folder:
        if not db:
            try:
                new_database(empty_folder / "warmline.db", **entities)
            except ModuleNotFoundError:  # of warmline-scripts, whose scripts do without a database
                if any(entities.values()):
                    raise
        elif any(entities.values()):
            raise ValueError(f"db is {db}: give its in-groups, agents, DIDs and call_data to new_database")
        config_file = empty_folder / "warmline.toml"
        config_file.touch()
        Path(os.environ["WARMLINE_SPOOL"]).mkdir(exist_ok=True)
        with mock.patch.dict(os.environ, {"WARMLINE_CONFIG": str(config_file)}):
            yield
