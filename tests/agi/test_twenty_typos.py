"""Typos of a newcomer, in an AGI script and in an ARI script: each is told with its file, line and remedy."""

import asyncio
import re
from pathlib import Path
from types import ModuleType

import pytest

from warmline.agi import script_errors
from warmline.agi.testing import Call, load, new_database
from warmline.ari import testing

AGI_SCRIPT = """\
from warmline.agi import AGI, add_dnc, enter_ingroup, run, say

def typo(agi: AGI) -> None:
    agi.answer()
    number = agi.env["agi_callerid"]
    row = {{"number": number, "name": "A"}}
    {line}

run(typo)
"""
AGI_LINE = 7
ARI_SCRIPT = """\
import asyncio
from warmline.ari import connect, events

async def typo(number: str) -> None:
    row = {{"number": number, "name": "A"}}
    async with connect("typo") as ari:
        called = await ari.call(number)
        person = called.channel
        {line}

asyncio.run(typo(""))
"""
ARI_LINE = 9
NUMBER = "8005550123"
SYNTAX = [
    ('say(agi, "beep"', "was never closed"),
    ('  say(agi, "beep")', "unexpected indent"),
    ('print(f"{{number")', "'{' was never closed|f-string: expecting '}'"),
]

AGI_TYPOS = [
    ('agi.strem_file("beep")', "did you mean stream_file"),
    ('await agi.stream_file("beep")', "'await' outside async function"),
    ('agi.stream_file("beep", "1", 0, 5)', "takes from 2 to 4 positional arguments"),
    ('say(agi, "beep", key="1")', "did you mean keys"),
    ("number + 1", "can only concatenate str"),
    ("csv.reader([])", "name 'csv' is not defined; did you forget import csv"),
    ("say(agi, nunber)", "did you mean number"),
    *SYNTAX,
    ('agi.stream_file("vm-gooodbye")', "there is no sound 'vm-gooodbye'.*; did you mean vm-goodbye"),
    ('enter_ingroup(agi, "SALELINE")', "in-group SALELINE does not exist; did you mean SALESLINE"),
    ('add_dnc("8005550199", "TESTCMP")', "campaign 'TESTCMP' does not exist"),
    ("from warmline.agi import AGIHangUp", "did you mean AGIHangup"),
    ('agi.stream_file["beep"]', "'method' object is not subscriptable"),
    ("row.number", r"'dict' object has no attribute 'number'; did you mean \['number'\]"),
    ("next(iter([None])).group()", "'NoneType' object has no attribute 'group'"),
    ('{{"1": "A"}}[say(agi, "beep", keys="12")]', "KeyError: ''"),
    ('row["nummber"]', "KeyError: 'nummber'; did you mean number"),
    ("1 / (len(row) - 2)", "ZeroDivisionError: division by zero"),
]
ARI_TYPOS = [
    ('await person.plya("beep")', "did you mean play"),
    ('person.play("beep", keys="1") + "x"', "'coroutine' and 'str'; did you forget await"),
    ("await ari.hand_over(person)", "missing 1 required positional argument: 'destination'"),
    ('await person.play("beep", kyes="1")', "did you mean keys"),
    ('await person.get_key("5")', "and 'str'"),
    ('await person.play("vm-gooodbye")', "sound:vm-gooodbye was not played.*; did you mean vm-goodbye"),
    ('await ari.hand_over(person, "ingroup:SALELINE")', "in-group SALELINE does not exist; did you mean SALESLINE"),
    ('await ari.call("8005550124", "TESTCMP")', "campaign 'TESTCMP' does not exist"),
    ("ari.events(events.ChannelDtmfRecieved)", "did you mean ChannelDtmfReceived"),
    ('await connect("other").call(number)', "has no attribute 'call'; did you forget async with"),
    ('await person.play("beep", keys=12)', "keys 12 are an int; give a text such as '12'"),
]


def ids(typos: list[tuple[str, str]]) -> list[str]:
    return [line for line, _ in typos]


def describe_refusal(error: SyntaxError) -> str:
    """Return a file that Python refuses, as it is told."""
    return f"{Path(error.filename or '').name} line {error.lineno}: {error.msg}"


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return new_database(tmp_path_factory.mktemp("typos") / "warmline.db", ingroups=["SALESLINE"])


@pytest.mark.parametrize(("line", "remedy"), AGI_TYPOS, ids=ids(AGI_TYPOS))
def test_a_typo_in_an_agi_script_names_its_place_and_remedy(db: Path, tmp_path: Path, line: str, remedy: str) -> None:
    (tmp_path / "typo").write_text(AGI_SCRIPT.format(line=line.replace("{{", "{").replace("}}", "}")))
    try:
        reason = Call(db=db).run(load(tmp_path / "typo").typo).variables.get("WARMLINE_REASON", "nothing")
    except SyntaxError as error:
        reason = describe_refusal(error)
    except Exception as error:  # each typo has another one
        reason = script_errors.describe_error(error)
    assert re.fullmatch(f"typo line {AGI_LINE}: .*(?:{remedy}).*", reason), reason


async def run_handler(script: ModuleType, db: Path) -> None:
    """Run the ARI script in a world in which its number answers."""
    async with testing.world(db) as world:
        world.party(NUMBER)
        await script.typo(NUMBER)


@pytest.mark.filterwarnings("ignore:coroutine 'Channel.play' was never awaited")  # which is a typo of these
@pytest.mark.parametrize(("line", "remedy"), ARI_TYPOS, ids=ids(ARI_TYPOS))
def test_a_typo_in_an_ari_script_names_its_place_and_remedy(
    db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], line: str, remedy: str
) -> None:
    (tmp_path / "typo").write_text(ARI_SCRIPT.format(line=line.replace("{{", "{").replace("}}", "}")))
    reason = "nothing"
    try:
        script = testing.load(tmp_path / "typo")
        asyncio.run(run_handler(script, db))
    except SyntaxError as error:
        reason = describe_refusal(error)
    except Exception:  # each typo has another one
        reason = capsys.readouterr().err.partition("script typo failed: ")[2].strip()
    assert re.fullmatch(f"typo line {ARI_LINE}: .*(?:{remedy}).*", reason), reason
