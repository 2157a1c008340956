"""The caller of `warmline.agi.testing`: keys, sounds, hang-ups, variables, and where the call goes."""

import inspect
import os
import sys
import wave
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.agi import own_scripts
from tests.agi.test_own_scripts import NUMBER
from warmline import agi
from warmline.agi import AGI, AGIAppError, AGIDBError, AGIHangup, CodedError, Digits, Letters
from warmline.agi.testing import AgentAnswer, Call, MissingAnswer, MissingSound, QueueAnswer, load, new_database
from warmline.options.campaign.list_and_script_options import INBOUND
from warmline.store.agi import callback_notes
from warmline.store.configuration import config
from warmline.store.database.database import connect
from warmline.store.leads import dnc, leads
from warmline.store.leads.number_reads import SYSTEM_DNC


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    routes = {"8005550100": "ingroup:SALESLINE"}
    folder = tmp_path_factory.mktemp("db")
    return new_database(
        folder / "warmline.db", ingroups=["SALESLINE"], agents=["1000"], dids=routes, call_data="ticket"
    )


def example(name: str, folder: Path) -> Callable[..., None]:
    """Return the function of a script of the how-to page."""
    function: Callable[..., None] = getattr(load(own_scripts.write(own_scripts.examples()[name], folder / name)), name)
    return function


def test_the_test_on_the_page_passes(tmp_path: Path) -> None:
    own_scripts.write(own_scripts.examples()["ticket"], tmp_path / "ticket")
    (tmp_path / "test_ticket.py").write_text(own_scripts.example_test())
    assert pytest.main(["-q", "-p", "no:cacheprovider", "--rootdir", str(tmp_path), str(tmp_path)]) == 0


def test_each_script_of_the_page_serves_a_caller(tmp_path: Path, db: Path) -> None:
    callback_call = Call(NUMBER, keys="1", db=db).run(example("later", tmp_path))
    assert (callback_call.heard, callback_call.hung_up, callback_call.keys_left) == (
        ["vm-press", "vm-goodbye"],
        "script",
        "",
    )
    assert [note.number for note in callback_notes.read_all(db.parent / "spool", pytest.fail)] == [NUMBER]
    locked_call = Call(NUMBER, keys=",,9", db=db).run(example("later", tmp_path))
    assert locked_call.heard == ["vm-press", "say number 1", "vm-tocallback"]
    assert dnc.listed(db, NUMBER) == SYSTEM_DNC
    assert Call(db=db).run(example("greet", tmp_path)).heard == ["say_text: We are testing a new menu today."]
    explained_call = Call(db=db).run(example("why", tmp_path), "8005550100")
    assert explained_call.said[-1] == "in-group: in-group SALESLINE is active"


def test_a_customer_who_called_before_the_import_waits_for_the_owner(tmp_path: Path) -> None:
    page = own_scripts.PROJECT / "docs/start/scripts.md"
    vip = load(own_scripts.write(own_scripts.examples(page)["vip"], tmp_path / "vip")).vip
    db = new_database(tmp_path / "warmline.db", ingroups=["SALESLINE"], agents=["1000"])
    call = Call(NUMBER, db=db).run(vip)
    assert (call.entered, call.answered, call.hung_up) == ("ingroup:SALESLINE", False, "")
    config.create(db, "list", "CUSTOMERS", {}, who="test")
    leads.create(db, INBOUND, {"phone_number": NUMBER}, who="test")
    with closing(connect(db)) as opened, opened:
        opened.execute("UPDATE lead SET last_call = entry_date")
    leads.create(db, "CUSTOMERS", {"phone_number": NUMBER, "owner": "1000"}, who="test")
    assert Call(NUMBER, db=db).run(vip).entered == "agent:1000"


@pytest.mark.parametrize(
    ("enter", "target"),
    [
        (lambda call: agi.enter_ingroup(call, "SALESLINE"), "ingroup:SALESLINE"),
        (lambda call: agi.enter_agent(call, "1000"), "agent:1000"),
        (lambda call: agi.enter_did(call), "did:8005550100"),
        (lambda call: call.goto_on_exit("office", "s", 1), ""),
        (lambda call: None, ""),
    ],
)
def test_the_place_to_which_a_call_goes(db: Path, enter: Callable[[AGI], object], target: str) -> None:
    call = Call(db=db, variables={"WARMLINE_DATA_ticket": "a&b ${c}"}).run(enter)
    assert call.entered == target


def test_a_target_that_is_none_is_told(db: Path) -> None:
    call = Call(db=db).run(lambda caller: agi.enter_ingroup(caller, "NOWHERE"))
    assert (call.entered, call.continues) == ("", {})
    line = f"{Path(__file__).name} line {inspect.currentframe().f_lineno - 2}"  # type: ignore[union-attr]
    reason = f"{line}: in-group NOWHERE does not exist"
    assert call.variables == {"WARMLINE_REASON": reason}


def test_a_test_chooses_the_answers_about_queue_and_agent(db: Path) -> None:
    answers: list[object] = []

    def script(caller: AGI) -> None:
        sales, ready_agent = agi.queue("SALESLINE"), agi.agent("1000")
        assert sales and ready_agent
        answers.extend([sales.waiting, sales.longest, sales.ready, sales.agents, sales.estimate])
        answers.extend([ready_agent.state, ready_agent.in_call, ready_agent.logged_in, ready_agent.since])

    answer = QueueAnswer(waiting=3, longest=61, ready=1, agents=2, estimate=None)
    ready_since = datetime(2026, 11, 26, 12, tzinfo=UTC)
    Call(db=db, queues={"SALESLINE": answer}, agents={"1000": AgentAnswer("INCALL", ready_since, in_call=True)}).run(
        script
    )
    assert answers == [3, 61, 1, 2, None, "INCALL", True, True, ready_since]
    with pytest.raises(CodedError, match=r"SALELINE.*did you mean SALESLINE"):
        Call(db=db, queues={"SALESLINE": answer}).run(lambda caller: agi.queue("SALELINE"))


def test_data_of_the_call_is_read_as_the_dialplan_gives_it(db: Path) -> None:
    values: list[str] = []

    def script(caller: AGI) -> None:
        values.append(agi.read_data(caller, "ticket"))
        values.append(
            caller.get_full_variable("${CALLERID(num)}-${WARMLINE_DATA_ticket:1:2}-${WARMLINE_DATA_ticket:-1}")
        )
        caller.set_variables({"A": "x,y", "b": 'say "1"'})

    call = Call(variables={"WARMLINE_DATA_ticket": "${4711}"}, db=db).run(script)
    assert values == ["${4711}", "15551234-{4-}"]
    assert (call.variables["A"], call.variables["b"]) == ("x,y", 'say "1"')
    assert call.executed == [("MSet", ["A=x,y", 'b=say "1"'])]


def test_keys_go_to_the_prompts_that_take_them() -> None:
    keys: list[str] = []

    def script(caller: AGI) -> None:
        keys.append(caller.get_data("vm-password", 5000, 4))
        keys.append(caller.get_data("vm-password", 5000, 4))
        keys.append(caller.stream_file("vm-press", "12"))
        keys.append(caller.stream_file("vm-press"))
        keys.append(caller.wait_for_digit(1000))
        keys.append(caller.get_option("vm-press", "*"))
        keys.append(caller.get_data("beep"))
        keys.append(caller.wait_for_digit(1000))
        keys.append(caller.control_stream_file("vm-press", "0"))

    call = Call(keys="1234 5# 7 * 89, 3").run(script)
    assert keys == ["1234", "5", "", "", "7", "*", "89", "3", ""]
    assert call.keys_left == "" and len(call.heard) == 7


def test_everything_that_is_said_is_heard_in_order() -> None:
    noon = date(2026, 12, 24)
    call = Call().run(lambda caller: agi.say(caller, "vm-youhave", 3, Digits("47"), Letters("ab"), noon))
    assert call.heard[:4] == ["vm-youhave", "say number 3", "say digits 47", "say alpha ab"]
    assert call.heard[4].startswith("say datetime 17")


def test_a_sound_that_does_not_exist_fails_though_the_script_catches_it(tmp_path: Path) -> None:
    def careless(caller: AGI) -> None:
        try:
            caller.stream_file("no-such-sound")
        except BaseException:
            caller.verbose("all is well")

    call = Call()
    with pytest.raises(MissingSound, match="no-such-sound"):
        call.run(careless)
    assert call.said == ["all is well"] and call.heard == []
    assert Call(sounds=["no-such-sound"]).run(careless).heard == ["no-such-sound"]
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/hello.wav").write_bytes(b"")
    assert Call(sounds=tmp_path).run(lambda caller: caller.stream_file("mine/hello")).heard == ["mine/hello"]
    assert Call().run(lambda caller: caller.stream_file(f"{tmp_path}/mine/hello")).heard
    with pytest.raises(MissingSound):
        Call().run(lambda caller: caller.get_data("no-such-sound"))


def steps(caller: AGI) -> None:
    caller.answer()
    caller.set_variable("A", 1)
    try:
        caller.get_data("beep")
    finally:
        caller.set_variable("B", 2)
        caller.database_put("a", "b", "c")
    caller.stream_file("vm-goodbye")
    caller.goto_on_exit("office", "s", 1)


@pytest.mark.parametrize(
    ("command", "commands", "set_"),
    [
        (0, 9, "AB"),
        (1, 1, ""),
        (2, 5, "AB"),
        (3, 5, "AB"),
        ("GET DATA", 5, "AB"),
        ("get data beep", 5, "AB"),
        ("SET VARIABLE B", 6, "AB"),
        ("STREAM FILE vm-goodbye", 6, "AB"),
        (7, 7, "AB"),
        ("STREAM FILE beep", 9, "AB"),
    ],
)
def test_the_caller_hangs_up_at_any_command(command: int | str, commands: int, set_: str) -> None:
    call = Call(hang_up_at=command).run(steps)
    assert len(call.commands) == commands and "".join(call.variables) == set_
    assert call.hung_up == ("caller" if command not in (0, "STREAM FILE beep") else "")
    assert bool(call.continues) is (call.hung_up == "")


def test_a_script_can_finish_its_work_after_a_hang_up() -> None:
    def careful(caller: AGI) -> None:
        with pytest.raises(AGIAppError):
            caller.get_data("beep")
        caller.verbose("still here")
        with pytest.raises(AGIHangup):
            caller.stream_file("vm-goodbye")

    call = Call(hang_up_at="GET DATA").run(careful)
    assert (call.said, call.heard) == (["still here"], [])


def test_the_script_hangs_up() -> None:
    def script(caller: AGI) -> None:
        caller.hangup()
        caller.stream_file("vm-goodbye")

    call = Call(hang_up_at="STREAM FILE vm-goodbye").run(script)
    assert (call.hung_up, call.heard) == ("script", [])


def test_errors_of_a_script_are_raised() -> None:
    with pytest.raises(AttributeError, match="getdata"):
        Call().run(lambda caller: caller.getdata("beep"))
    with pytest.raises(AGIDBError):
        Call().run(lambda caller: caller.database_get("a", "b"))
    with pytest.raises(agi.AGIInvalidCommand):
        Call().run(lambda caller: caller.execute("DANCE"))
    with pytest.raises(agi.CodedError, match="cannot be read"):
        Call().run(lambda caller: agi.enter_ingroup(caller, "SALESLINE"))


def test_other_commands_are_answered(tmp_path: Path) -> None:
    def script(caller: AGI) -> None:
        assert caller.channel_status() == 6 and caller.env["agi_channel"] == "PJSIP/mine"
        caller.noop()
        caller.set_autohangup(5)
        caller.set_callerid("1")
        caller.send_text("x")
        assert caller.record_file(f"{tmp_path}/message", "wav", "#") == "#"
        caller.appexec("Playback", "beep,noanswer")
        caller.record_file(f"{tmp_path}/greeting", "wav", "#")
        caller.record_file(f"{tmp_path}/no/folder", "wav", "#")

    (tmp_path / "greeting.wav").write_bytes(b"a sound of the test")
    call = Call(keys="#", environment={"agi_channel": "PJSIP/mine"}).run(script)
    assert (tmp_path / "greeting.wav").read_bytes() == b"a sound of the test"
    assert (
        call.recorded == [f"{tmp_path}/{name}" for name in ("message", "greeting", "no/folder")]
        and (tmp_path / "message.wav").exists()
    )
    assert call.executed == [("Playback", ["beep", "noanswer"])]


def test_applications_are_played_and_set_their_variables() -> None:
    values: dict[str, str] = {}

    def script(caller: AGI) -> None:
        for application, options, *names in (
            ("Read", "PIN,vm-password,4,,2,5", "PIN", "READSTATUS"),
            ("Read", "TWICE,vm-press&beep,1,,2", "TWICE", "READSTATUS"),
            ("Read", "STAR,,9,t(*)", "STAR"),
            ("Read", "NONE,beep", "NONE", "READSTATUS"),
            ("Playback", "beep&vm-goodbye,noanswer", "PLAYBACKSTATUS"),
            ("Record", "/nowhere/greeting.wav,3,60", "RECORD_STATUS", "RECORDED_FILE"),
            ("Record", "/nowhere/note%d.wav,3,60", "RECORD_STATUS", "RECORDED_FILE"),
            ("MixMonitor", "/nowhere/call.wav,b", "MIXMONITOR_FILENAME"),
            ("TryExec", "Set(ROUTE=${PIN}-x)", "ROUTE"),
        ):
            assert caller.appexec(application, options) == "0"
            values.update({f"{len(call.executed)} {name}": caller.get_variable(name) for name in names})
        assert caller.appexec("BackGround", "vm-press") == str(ord("7"))
        for application, options in ("SayDigits", "12"), ("Wait", "1"), ("Verbose", "2,hello"), ("Answer", ""):
            caller.appexec(application, options)
        caller.appexec("Goto", "office,s,1")

    call = Call(keys="1234 ,5 78* , # 7")
    call.run(script)
    assert list(values.items()) == [
        ("1 PIN", "1234"), ("1 READSTATUS", "OK"), ("2 TWICE", "5"), ("2 READSTATUS", "OK"), ("3 STAR", "78"),
        ("4 NONE", ""), ("4 READSTATUS", "TIMEOUT"), ("5 PLAYBACKSTATUS", "SUCCESS"), ("6 RECORD_STATUS", "DTMF"),
        ("6 RECORDED_FILE", "/nowhere/greeting"), ("7 RECORD_STATUS", "SILENCE"), ("7 RECORDED_FILE", "/nowhere/note0"),
        ("8 MIXMONITOR_FILENAME", "/nowhere/call.wav"), ("9 ROUTE", "1234-x"),
    ]  # fmt: skip
    heard = [
        "vm-password",
        "vm-press",
        "beep",
        "vm-press",
        "beep",
        "beep",
        "beep",
        "vm-goodbye",
        "vm-press",
        "say digits 12",
    ]
    assert (call.heard, call.recorded) == (heard, ["/nowhere/greeting", "/nowhere/note0", "/nowhere/call"])
    assert (call.said, call.answered) == (["hello"], True)
    assert call.continues == {"context": "office", "extension": "s", "priority": "1"}


def test_a_recording_without_an_end_lasts_until_the_caller_hangs_up() -> None:
    call = Call().run(lambda caller: caller.appexec("Record", "/nowhere/note.wav") and caller.stream_file("beep"))
    assert (call.hung_up, call.variables["RECORD_STATUS"], call.heard) == ("caller", "HANGUP", [])


@pytest.mark.parametrize(
    ("use", "name"),
    [
        (lambda caller: caller.appexec("Dial", "PJSIP/1000"), "EXEC Dial"),
        (lambda caller: caller.appexec("Gosub", "price,s,1"), "EXEC Gosub"),
        (lambda caller: caller.gosub("price", "s"), "GOSUB price"),
    ],
)
def test_what_a_test_cannot_play_is_refused_by_name(use: Callable[[AGI], object], name: str) -> None:
    def careless(caller: AGI) -> None:
        try:
            use(caller)
        except Exception:
            caller.verbose("all is well")

    with pytest.raises(MissingAnswer, match=rf'cannot play {name}.*answers=\{{"{name}": '):
        Call().run(careless)
    answers = {name: {"RESULT": "of the test"}, "EXEC": {}}
    assert Call(answers=answers).run(careless).variables["RESULT"] == "of the test"


def test_functions_read_the_database_and_what_the_test_says() -> None:
    got: list[str] = []

    def read(caller: AGI) -> None:
        got.extend(caller.get_variable(name) for name in ("DB(pin/1555)", "DB(pin/1)", "CHANNEL(language)"))

    astdb = {("pin", "1555"): "4711"}
    Call(astdb=astdb, variables={"CHANNEL(language)": "de"}).run(read)
    assert got == ["4711", "", "de"]
    with pytest.raises(MissingAnswer, match=r'cannot play the function CHANNEL\(language\).*variables=\{"CHANNEL'):
        Call(astdb=astdb).run(read)


def test_a_test_says_what_a_caller_cannot_press() -> None:
    answers = {
        "EXEC Dial": [{"DIALSTATUS": "BUSY"}, {"DIALSTATUS": "ANSWER"}],
        "GOSUB price": {"GOSUB_RETVAL": "12"},
        "RECEIVE TEXT": ["hello"],
        "SPEECH RECOGNIZE": ["two tickets", ""],
    }
    values: list[object] = []

    def script(caller: AGI) -> None:
        for _ in range(2):
            caller.appexec("Dial", "PJSIP/1000")
            values.append(caller.get_variable("DIALSTATUS"))
        values.extend([caller.gosub("price", "s", 1, "a"), caller.receive_text(), caller.receive_text()])
        caller.speech_create()
        caller.speech_load_grammar("order", "/order.gram")
        values.extend(caller.speech_recognize("vm-press").text for _ in range(2))
        values.append(caller.speech_recognize("beep")[:2])
        caller.speech_destroy()
        with pytest.raises(AGIAppError):
            caller.speech_set("a", "b")

    call = Call(keys=",,5", answers=answers).run(script)
    assert values == ["BUSY", "ANSWER", "12", "hello", "", "two tickets", "", ("digit", "5")]
    assert call.heard == ["vm-press", "vm-press", "beep"]
    with pytest.raises(AGIAppError, match="no speech engine"):
        Call().run(lambda caller: caller.speech_create())


def test_a_key_that_no_telephone_has_is_refused_and_keys_left_are_shown() -> None:
    with pytest.raises(ValueError, match=r"keys '1;2' have ';'; allowed: 0123456789"):
        Call(keys="1;2")
    call = Call(keys="1234,1").run(lambda caller: caller.get_data("vm-password", 5000, 4))
    assert "keys_left=',1'" in repr(call)


def write_wav(file: Path, samples: bytes, rate: int = 8000) -> Path:
    with wave.open(str(file), "wb") as sound:
        sound.setparams((1, 2, rate, 0, "NONE", "not compressed"))
        sound.writeframes(samples)
    return file


SPEECH, SILENCE = b"\x00\x10" * 8000, b"\0\0" * 16000  # a second, two seconds


def test_a_script_of_eagi_hears_what_the_caller_of_a_test_says(tmp_path: Path) -> None:
    page = own_scripts.examples()["dictate"].replace("/var/spool/asterisk", str(tmp_path))
    dictate = load(own_scripts.write(page, tmp_path / "dictate")).dictate
    for audio in SPEECH + SILENCE, write_wav(tmp_path / "said.wav", SPEECH + SILENCE):
        call = Call(audio=audio).run(dictate)
        assert (call.variables["DICTATED"], call.hung_up) == (f"{tmp_path}/dictated-1.1", "")
        assert call.heard == ["beep", f"{tmp_path}/dictated-1.1"]
        with wave.open(f"{tmp_path}/dictated-1.1.wav") as sound:
            assert (sound.getnframes(), sound.getframerate()) == (8000 + 12000, 8000)
    call = Call(audio=SPEECH).run(dictate)
    assert (call.hung_up, call.heard) == ("caller", ["beep"]) and "DICTATED" in call.variables


def test_the_audio_of_a_caller_is_read_in_pieces(tmp_path: Path) -> None:
    lengths: list[int] = []

    def script(caller: AGI) -> None:
        audio = caller.audio()
        lengths.append(audio.sample_rate)
        audio.skip()
        lengths.extend([len(audio.read(100)), len(audio.read(1100)), len(audio.read(100))])
        lengths.extend(map(len, audio.blocks()))

    call = Call(audio=write_wav(tmp_path / "said.wav", SPEECH * 2, 16000)).run(script)
    assert lengths == [16000, 3200, 28800, 0] and call.hung_up == "caller"
    for variables, audio, error in (
        ({}, b"", "call EAGI"),
        ({"EAGI_AUDIO_FORMAT": "ulaw"}, SPEECH, "EAGI_AUDIO_FORMAT is 'ulaw'; allowed: slin"),
    ):
        with pytest.raises(CodedError, match=error):
            Call(audio=audio, variables=variables).run(lambda caller: caller.audio())
    with pytest.raises(ValueError, match="11025 samples a second; allowed"):
        Call(audio=write_wav(tmp_path / "other.wav", SPEECH, 11025))


FOR_PYST2 = """\
import sys
from asterisk.agi import AGI

agi = AGI()
print("a line of the script")
agi.answer()
agi.appexec("Read", "PIN,vm-password,4")
if agi.get_variable("PIN") != "4711":
    agi.stream_file("vm-incorrect")
    sys.exit(0)
agi.set_variable("CHOICE", sys.argv[1])
agi.stream_file("vm-goodbye")
agi.nosuch()
"""


def test_the_whole_file_of_a_script_is_run(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    file = own_scripts.write(FOR_PYST2, tmp_path / "pin")
    modules, environment, process_agi = sys.modules["__main__"], dict(os.environ), AGI.of_process
    assert Call(keys="1111").run(file, "x").heard == ["vm-password", "vm-incorrect"]
    call = Call(keys="4711", hang_up_at="STREAM FILE vm-goodbye")
    assert call.run(file, "x").variables == {"PIN": "4711", "READSTATUS": "OK", "CHOICE": "x"}
    with pytest.raises(AttributeError, match="nosuch"):
        Call(keys="4711").run(file, "x")
    assert (modules, environment, process_agi) == (sys.modules["__main__"], dict(os.environ), AGI.of_process)
    ticket = own_scripts.write(
        own_scripts.examples()["ticket"].replace('enter_ingroup(agi, "SALESLINE")', "1 / 0"), file
    )
    with pytest.raises(ZeroDivisionError):
        Call(keys="4711#").run(ticket)
    with pytest.raises(CodedError, match=r"end it with run\(ticket\)"):
        Call().run(own_scripts.write(ticket.read_text().replace("run(ticket)", ""), file))
    assert capfd.readouterr().out == ""


def test_a_script_touches_no_other_database(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("WARMLINE_DB", str(tmp_path / "real.db"))
    monkeypatch.setenv("WARMLINE_CONFIG", "/no/such/file")
    databases: list[str | None] = []

    def script(caller: AGI) -> None:
        databases.extend((os.environ["WARMLINE_DB"], os.environ.get("WARMLINE_CONFIG")))

    Call().run(script)
    assert databases[0] not in (None, str(tmp_path / "real.db")) and databases[1] is None
    assert os.environ["WARMLINE_CONFIG"] == "/no/such/file"


def test_a_script_is_loaded_without_running_and_without_a_file_beside_it(tmp_path: Path) -> None:
    for name, text in own_scripts.examples().items():
        assert load(own_scripts.write(text, tmp_path / name)).__name__ == name
    assert {file.name for file in tmp_path.iterdir()} == set(own_scripts.examples())
    assert agi.run.__module__ == "warmline.agi" and agi.serve.__module__ == "warmline.agi.fastagi_server"
