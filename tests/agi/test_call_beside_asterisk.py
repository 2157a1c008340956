"""The caller of `warmline.agi.testing` gives the replies of a real Asterisk, before and after a hang-up."""

from collections.abc import Sequence

import pytest

from tests.agi.conftest import World
from tests.agi.test_dialplan import only_note
from warmline.agi import AGI, AGIDeadChannel, AGIException
from warmline.agi.testing import Call

BEFORE = (
    'SET VARIABLE "A" "a b"', 'GET VARIABLE "A"', 'GET VARIABLE "a"', 'GET VARIABLE "NONE"',
    'GET FULL VARIABLE "${A:2}-${A:0:1}-${A:-1}-${URIENCODE(${A})}"', 'GET FULL VARIABLE "${NONE}"',
    'GET FULL VARIABLE "${CALLERID(num)}"', 'EXEC "MSet" "B=x\\\\,y,C=z"', 'GET VARIABLE "B"', 'GET VARIABLE "C"',
    'DATABASE GET "a" "b"', 'DATABASE PUT "a" "b" "c d"', 'DATABASE GET "a" "b"', 'DATABASE DEL "a" "b"',
    'DATABASE DEL "a" "b"', 'DATABASE PUT "a" "b/c" "d"', 'DATABASE DELTREE "a" "b"', 'DATABASE DELTREE "a" "b"',
    "CHANNEL STATUS", "NOOP", 'VERBOSE "x" "1"', 'SET AUTOHANGUP "0"', 'SET CALLERID "15551234"', "ANSWER", "DANCE",
    'SAY NUMBER "1" ""', 'SAY DIGITS "12" "#"', 'SAY ALPHA "a" ""', 'SAY PHONETIC "a" ""', 'WAIT FOR DIGIT "1"',
    'GET DATA "beep" "1" "1"', 'GET OPTION "beep" "1" "1"', 'SET CONTEXT "x"', 'SET EXTENSION "s"', 'SET PRIORITY "1"',
    'TDD MODE "off"', 'SET MUSIC "off"', "", "PLAY", "SAY HELLO 1 2", "EXEC", "GET DATA", 'SAY NUMBER "1"',
    "SET CONTEXT", "CHANNEL STATUS a b", "ANSWER now", 'EXEC "Set" "D=b,c"', 'GET VARIABLE "D"', 'EXEC "Set" "nothing"',
    'EXEC "MSet" ",E=x,nothing"', 'GET VARIABLE "E"', 'SET VARIABLE "F" "an open quote', 'GET VARIABLE "F"',
    'SET MUSIC "on" "default"', 'SET MUSIC "off"', "SET MUSIC", "ASYNCAGI BREAK", 'RECEIVE TEXT "1"', "RECEIVE TEXT",
    "GOSUB", 'GOSUB "sub" "s"', 'GOSUB "sub" "s" "1" "a" "b"', 'GOSUB "sub" "s" "1"', 'GOSUB "sub" "s" "value" "x,y"',
    "SPEECH CREATE", 'SPEECH CREATE "none"', "SPEECH SET", 'SPEECH SET "a" "b"', 'SPEECH LOAD GRAMMAR "a" "b"',
    'SPEECH LOAD GRAMMAR "a"', 'SPEECH UNLOAD GRAMMAR "a"', 'SPEECH ACTIVATE GRAMMAR "a"', "SPEECH ACTIVATE GRAMMAR",
    'SPEECH DEACTIVATE GRAMMAR "a"', 'SPEECH RECOGNIZE "beep" "1"', 'SPEECH RECOGNIZE "beep"', "SPEECH DESTROY",
    'EXEC "Read" "G,beep,1,,2,0.1"', 'GET VARIABLE "G"', 'GET VARIABLE "READSTATUS"', 'EXEC "Playback" "beep&beep"',
    'GET VARIABLE "PLAYBACKSTATUS"', 'EXEC "BackGround" "beep"', 'SET VARIABLE "I" ""', 'GET VARIABLE "I"',
    'SET VARIABLE "J"', 'EXEC "SayDigits" "12"', 'EXEC "SayNumber" "3"',
    'EXEC "NoOp" "x"', 'EXEC "Wait" "0.1"', 'EXEC "Verbose" "1,x"', 'EXEC "Log" "NOTICE,x"', 'EXEC "Answer"',
    'EXEC "TryExec" "Set(H=${A}!)"', 'GET VARIABLE "H"', 'EXEC "Exec" "NoOp(x)"', 'EXEC "Goto" "x,s,1"',
    'SET VARIABLE "_K" "v"', 'GET VARIABLE "K"', 'GET VARIABLE "_K"', 'EXEC "Set" "__L=${K}"', 'GET VARIABLE "L"',
    'EXEC "Read" "_M,beep,1,,1,0.1"', 'GET VARIABLE "M"', 'SET VARIABLE "AGIEXECFULL" "yes"', 'EXEC "Set" "N=${K}!"',
    'GET VARIABLE "N"', 'EXEC "StartMusicOnHold"', 'EXEC "StopMusicOnHold"', 'EXEC "UserEvent" "a,b: c"',
    'EXEC "Ringing"',
)  # fmt: skip
AFTER = (
    'SET VARIABLE "A" "1"', 'GET VARIABLE "A"', 'GET FULL VARIABLE "${A}"', 'DATABASE PUT "a" "b" "c"',
    'DATABASE GET "a" "b"', 'DATABASE DEL "a" "b"', 'DATABASE DELTREE "a"', "NOOP", 'VERBOSE "x" "1"',
    "ANSWER", "HANGUP", 'STREAM FILE "beep" "" "0"', 'CONTROL STREAM FILE "beep" ""', 'GET DATA "beep" "1" "1"',
    'GET OPTION "beep" ""', 'SAY NUMBER "1" ""', 'SAY DIGITS "1" ""', 'WAIT FOR DIGIT "1"', 'SET CONTEXT "x"',
    'SET EXTENSION "s"', 'SET PRIORITY "1"', 'SET CALLERID "1"', 'SET AUTOHANGUP "1"', "CHANNEL STATUS",
    'RECORD FILE "/nowhere/x" "wav" "" "1"', 'SEND TEXT "x"', 'RECEIVE CHAR "1"', 'TDD MODE "off"', 'SET MUSIC "off"',
    "", "DANCE", "GET VARIABLE", "SAY NUMBER", "ASYNCAGI BREAK", 'GOSUB "sub" "s" "1"', 'RECEIVE TEXT "1"',
    "SPEECH CREATE", 'SPEECH SET "a" "b"', 'SPEECH LOAD GRAMMAR "a" "b"', 'SPEECH UNLOAD GRAMMAR "a"',
    'SPEECH ACTIVATE GRAMMAR "a"', 'SPEECH DEACTIVATE GRAMMAR "a"', 'SPEECH RECOGNIZE "beep" "1"', "SPEECH DESTROY",
)  # fmt: skip


def replies(agi: AGI, commands: Sequence[str]) -> dict[str, str]:
    """Return the reply to each command, or the name of the exception; without the times of a sound."""
    replies_by_command = {}
    for number, command in enumerate(commands):
        try:
            value, text = agi.execute(command)["result"]
            replies_by_command[f"{number} {command}"] = f"{value} ({text})"
        except AGIException as error:
            replies_by_command[f"{number} {command}"] = type(error).__name__
    return replies_by_command


def test_a_live_call(world: World) -> None:
    with world.call("8009999999") as phone, world.away() as agi:
        phone.answered()
        real_replies = replies(agi, BEFORE)
        number = agi.env["agi_callerid"]
    only_note(world)
    test_replies: dict[str, str] = {}
    call = Call(number, answers={"GOSUB sub": {"GOSUB_RETVAL": ""}})
    call.run(lambda caller: test_replies.update(replies(caller, BEFORE)))
    assert test_replies == real_replies


def test_a_call_that_has_ended(world: World) -> None:
    with world.call("8009999999") as phone, world.away() as agi:
        phone.answered()
        phone.hang_up()
        with pytest.raises(AGIException):
            agi.wait_for_digit(20_000)
        agi._wire.closed_reason = ""  # of HANGUP, after which the library sends no more
        real_replies = replies_after(agi)
    only_note(world)
    test_replies: dict[str, str] = {}

    def script(caller: AGI) -> None:
        with pytest.raises(AGIException):
            caller.wait_for_digit(20_000)
        test_replies.update(replies_after(caller))

    Call(hang_up_at=1).run(script)
    assert test_replies == real_replies
    assert AGIDeadChannel.__name__ in real_replies.values()


def replies_after(agi: AGI) -> dict[str, str]:
    """Return the replies after a hang-up, although Asterisk says HANGUP to a FastAGI server before each command."""
    replies_by_command = {}
    for command in AFTER:
        replies_by_command |= replies(agi, (command,))
        agi._wire.closed_reason = ""
    return replies_by_command
