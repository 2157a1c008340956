"""For each code of `warmline dialplan lint`: a dialplan with this finding, and a similar one without it."""

from typing import NamedTuple


class Example(NamedTuple):
    """Lines of extensions.conf, with the finding and without it. `files` has further files by name.

    `$folder` in a file is the folder of all files. Warmline's database has the in-group SALESLINE, the agent 1000 and
    the DID 8005550100.
    """

    bad: str
    good: str
    files: dict[str, str] = {}  # noqa: RUF012 - never changed
    good_files: dict[str, str] | None = None  # instead of these, for the good one


USED = "[from-trunk]\ninclude => warmline-from-trunk\n[warmline-from-trunk]\nexten => _[0-9]!,1,Hangup()\n"
AWAY = "[warmline-away]\nexten => s,1,Answer()\n same => n,Hangup()\n"

ASTERISK = {"asterisk.conf": "[directories]\nastagidir = $folder/agi\nastdatadir = $folder\n"}
SCRIPT = (
    "#!/usr/bin/env python3\nfrom warmline.agi import AGI, run\n\n\ndef vip(agi: AGI) -> None:\n    agi.answer()\n\n\n"
)
SCRIPTS = ASTERISK | {"agi/vip": f"{SCRIPT}\n\nrun(vip)\n", "sounds/en/our-menu.wav": "", "sounds/digits/1.gsm": ""}
CALL_VIP = "exten => 1,1,Set(AGISIGHUP=no)\n same => n,AGI(vip)\n same => n,Hangup()\n"
INGROUP = "[warmline-ingroup]\nexten => _[A-Z]!,1,Hangup()\n"
CLEAN = "[warmline-clean]\nexten => s,1,Return()\n"

EXAMPLES: dict[str, Example] = {
    "file_missing": Example(
        '#include "none.conf"\n', '#tryinclude "none.conf"\n#include "there.conf"\n', {"there.conf": ""}
    ),
    "file_rejected": Example(
        "[phones](base)\nexten => 1,1,Hangup()\n", "[base](!)\nexten => 1,1,Hangup()\n[phones](base)\n[phones](+)\n"
    ),
    "include_circle": Example(
        '#include "a.conf"\n', '#include "b.conf"\n', {"a.conf": '#include "a.conf"\n', "b.conf": "[b]\n"}
    ),
    "file_not_read": Example("#exec /bin/true\n", "; #exec /bin/true\n"),
    "line_ignored": Example("exten => 1,n,NoOp()\n", "exten => 1,1,Hangup()\n"),
    "parenthesis_missing": Example("exten => 1,1,NoOp(a;b)\n", "exten => 1,1,NoOp(a\\;b)\n"),
    "priority_twice": Example(
        "exten => 1,1,NoOp()\nexten => 1,1,Hangup()\n", "exten => 1,1,NoOp()\nexten => 1,2,Hangup()\n"
    ),
    "first_priority_missing": Example("exten => 1,2,Hangup()\n", "exten => 1,50(entry),Hangup()\n"),
    "priority_gap": Example(
        "exten => 1,1,NoOp()\nexten => 1,3,Hangup()\n", "exten => 1,1,Goto(1001)\n same => 1001,Hangup()\n"
    ),
    "unreachable": Example(
        "exten => 1,1,Hangup()\n same => n,Playback(beep)\n same => n,Hangup()\n",
        "exten => 1,1,GotoIf($[1]?end)\n same => n,Hangup()\n same => n(end),Playback(beep)\n same => n,Hangup()\n",
    ),
    "falls_into": Example(
        "exten => 10,1,NoOp()\nexten => _X.,1,NoOp()\n same => n,Dial(PJSIP/1)\n same => n,Hangup()\n",
        "exten => 10,1,Hangup()\nexten => _X.,1,NoOp()\n same => n,Dial(PJSIP/1)\n same => n,Hangup()\n",
    ),
    "ends_open": Example(
        "exten => 1,1,Playback(beep)\n[general]\nautofallthrough=no\n", "exten => 1,1,Playback(beep)\n"
    ),
    "subroutine_without_return": Example(
        "exten => 1,1,Gosub(sub,s,1)\n same => n,Hangup()\n[sub]\nexten => s,1,Set(A=1)\n",
        "exten => 1,1,Gosub(sub,s,1)\n same => n,Hangup()\n[sub]\nexten => s,1,Set(A=1)\n same => n,Return()\n",
    ),
    "matches_special": Example("exten => _.,1,Hangup()\n", "exten => _X.,1,Hangup()\nexten => h,1,NoOp()\n"),
    "hidden_pattern": Example(
        "exten => _NXX!,1,Hangup()\nexten => _NXX,1,Hangup()\n", "exten => _NXX.,1,Hangup()\nexten => _NXX,1,Hangup()\n"
    ),
    "patterns_cross": Example(
        "exten => _1X2,1,Hangup()\nexten => _11X,1,Hangup()\n", "exten => _1XX,1,Hangup()\nexten => _11X,1,Hangup()\n"
    ),
    "include_hides": Example(
        "include => wide\ninclude => narrow\n[wide]\nexten => _X.,1,Hangup()\n[narrow]\nexten => 110,1,Hangup()\n",
        "include => narrow\ninclude => wide\n[wide]\nexten => _X.,1,Hangup()\n[narrow]\nexten => 110,1,Hangup()\n",
    ),
    "include_repeats": Example(
        "include => a\ninclude => b\n[a]\nexten => 10,1,Hangup()\n[b]\nexten => 10,1,Hangup()\n",
        "include => a\nexten => 10,1,Hangup()\n[a]\nexten => 10,1,Hangup()\nexten => 11,1,Hangup()\n",
    ),
    "include_unknown": Example("include => none\n", "include => parkedcalls\n"),
    "include_loop": Example("include => a\n[a]\ninclude => test\n", "include => a\n[a]\n"),
    "pattern_broken": Example("exten => _1[23,1,Hangup()\n", "exten => _1[23],1,Hangup()\n"),
    "pattern_letters": Example("exten => _conf.,1,Hangup()\n", "exten => _co[n]f.,1,Hangup()\n"),
    "underscore_missing": Example("exten => 9NXXXXXX,1,Hangup()\n", "exten => _9NXXXXXX,1,Hangup()\n"),
    "target_missing": Example("exten => 1,1,Goto(none,s,1)\n", "exten => 1,1,Goto(test,1,1)\n"),
    "local_missing": Example(
        "exten => 1,1,Dial(Local/9@test)\n same => n,Hangup()\n",
        "exten => 1,1,Dial(Local/2@test)\n same => n,Hangup()\nexten => 2,1,Hangup()\n",
    ),
    "invalid_missing": Example(
        "exten => s,1,WaitExten(5)\n same => n,Hangup()\n",
        "exten => s,1,WaitExten(5)\n same => n,Hangup()\nexten => i,1,Goto(s,1)\n",
    ),
    "channel_untrusted": Example(
        "exten => _9.,1,Dial(PJSIP/${EXTEN:1}@trunk)\n same => n,Hangup()\n",
        "exten => _9.,1,Dial(PJSIP/${FILTER(0-9,${EXTEN:1})}@trunk)\n same => n,Hangup()\n"
        "exten => _8XXX,1,Dial(PJSIP/${EXTEN}@trunk)\n same => n,Hangup()\n",
    ),
    "options_untrusted": Example(
        "exten => _9.,1,Dial(PJSIP/1,20,m${EXTEN})\n same => n,Hangup()\n",
        "exten => _9.,1,Dial(PJSIP/1,20,m(default))\n same => n,Hangup()\n",
    ),
    "command_untrusted": Example(
        "exten => 1,1,System(echo ${CALLERID(name)})\n same => n,Hangup()\n",
        "exten => 1,1,System(echo ${FILTER(0-9,${CALLERID(num)})})\n same => n,Hangup()\n",
    ),
    "condition_untrusted": Example(
        "exten => 1,1,GotoIf($[${CALLERID(num)} = 1]?2)\n same => n,Hangup()\n",
        "exten => 1,1,GotoIf($[${LEN(${CALLERID(num)})} = 0]?2)\n same => n,Hangup()\n",
    ),
    "condition_quoted": Example(
        'exten => 1,1,GotoIf($["${CALLERID(num)}" = "1"]?2)\n same => n,Hangup()\n',
        'exten => 1,1,GotoIf($["${CALLERID(pres)}" = "allowed"]?2)\n same => n,Hangup()\n',
    ),
    "application_removed": Example(
        "exten => 1,1,Macro(stdexten)\n same => n,Hangup()\n",
        "exten => 1,1,Gosub(sub,s,1)\n same => n,Hangup()\n[sub]\nexten => s,1,Return()\n",
    ),
    "result_lost": Example(
        "exten => 1,1,Queue(q)\n same => n,Set(CDR(userfield)=${MEMBERNAME})\n same => n,Hangup()\n",
        "exten => 1,1,Queue(q)\n same => n,Set(CDR(userfield)=${MEMBERNAME})\n same => n,Hangup()\n"
        "exten => h,1,NoOp()\n",
    ),
    "caller_may_transfer": Example(
        "exten => 1,1,Queue(q,tT)\n same => n,Hangup()\n", "exten => 1,1,Queue(q,t)\n same => n,Hangup()\n"
    ),
    "called_may_transfer": Example(
        "exten => 1,1,Dial(PJSIP/1@trunk,20,t)\n same => n,Hangup()\n",
        "exten => 1,1,Dial(PJSIP/1@trunk,20,T)\n same => n,Hangup()\n",
    ),
    "transfer_outside_warmline": Example(
        USED + AWAY + "[from-trunk]\nexten => 2,1,Dial(PJSIP/1,,k)\n same => n,Hangup()\n",
        USED + AWAY + "[phones]\nexten => 2,1,Dial(PJSIP/1,,k)\n same => n,Hangup()\n",
    ),
    "queue_unknown": Example(
        "exten => 1,1,Queue(sale)\n same => n,Hangup()\n",
        "exten => 1,1,Queue(sales)\n same => n,Hangup()\n",
        {"queues.conf": "[sales]\nmember => PJSIP/1\n"},
    ),
    "queue_empty": Example(
        "exten => 1,1,Queue(sales)\n same => n,Hangup()\n",
        "exten => 1,1,Queue(sales)\n same => n,Hangup()\nexten => 2,1,AddQueueMember(sales)\n same => n,Hangup()\n",
        {"queues.conf": "[sales]\n"},
    ),
    "music_unknown": Example(
        "exten => 1,1,MusicOnHold(jaz)\n same => n,Hangup()\n",
        "exten => 1,1,MusicOnHold(jazz)\n same => n,Hangup()\n",
        {"musiconhold.conf": "[jazz]\nmode=files\n"},
    ),
    "parking_unknown": Example(
        "include => parkedcalls\nexten => 1,1,Park(lot2)\n",
        "include => lot\nexten => 1,1,Park(lot)\n",
        {"res_parking.conf": "[lot]\ncontext=lot\n"},
    ),
    "parking_without_context": Example(
        "include => parkedcalls\n",
        "include => parkedcalls\n",
        {"res_parking.conf": "[one]\nparkpos=701-720\n[two]\nparkpos=701-720\n"},
        {"res_parking.conf": "[one]\nparkpos=701-720\ncontext=a\n[two]\nparkpos=701-720\ncontext=b\n"},
    ),
    "parking_not_included": Example(
        "exten => 1,1,Park(lot)\n",
        "exten => 1,1,Park(lot)\ninclude => lot\n",
        {"res_parking.conf": "[lot]\ncontext=lot\n"},
    ),
    "away_missing": Example(USED, USED + AWAY),
    "away_without_s": Example(USED + "[warmline-away]\nexten => 1,1,Hangup()\n", USED + AWAY),
    "away_loops": Example(
        USED + "[warmline-away]\nexten => s,1,Goto(warmline-from-trunk,1,1)\n",
        USED + "[warmline-away]\nexten => s,1,Goto(test,1,1)\n[test]\nexten => 1,1,Hangup()\n",
    ),
    "after_without_s": Example(
        USED + AWAY + "[warmline-after]\nexten => 1,1,Hangup()\n",
        USED + AWAY + "[warmline-after]\nexten => s,1,Hangup()\n[warmline-ended]\nexten => s,1,Return()\n",
    ),
    "warmline_internal_included": Example(
        USED + AWAY + "[phones]\ninclude => warmline-ingroup\n[warmline-ingroup]\nexten => _X!,1,Hangup()\n",
        USED
        + AWAY
        + "[phones]\nexten => 1,1,Goto(warmline-ingroup,${NAME},1)\n[warmline-ingroup]\nexten => _X!,1,Hangup()\n",
    ),
    "warmline_in_phones": Example(
        USED
        + AWAY
        + "[from-trunk]\nexten => 700,1,Goto(warmline-login,s,1)\n[warmline-login]\nexten => s,1,Hangup()\n",
        USED + AWAY + "[phones]\nexten => 700,1,Goto(warmline-login,s,1)\n[warmline-login]\nexten => s,1,Hangup()\n",
    ),
    "script_missing": Example(CALL_VIP.replace("vip", "vipp"), CALL_VIP, SCRIPTS),
    "script_faulty": Example(CALL_VIP, CALL_VIP, SCRIPTS | {"agi/vip": SCRIPT}, SCRIPTS),
    "sighup_missing": Example(
        "exten => 1,1,AGI(vip)\n same => n,Set(AGISIGHUP=no)\n same => n,Hangup()\n",
        "exten => 1,1,Gosub(sub,s,1)\n same => n,Goto(test,2,1)\nexten => 2,1,AGI(vip)\n same => n,Hangup()\n"
        "[sub]\nexten => s,1,Set(__AGISIGHUP=no)\n same => n,Return()\n",
        SCRIPTS,
    ),
    "sound_missing": Example(
        "exten => 1,1,Read(key,digits/1&our-menus,1)\n same => n,Hangup()\n",
        "exten => 1,1,Read(key,digits/1&our-menu&$folder/sounds/en/our-menu&${A}&https://a.example/b.wav,1)\n"
        " same => n,Read(key,dial,1,i)\n same => n,Hangup()\n",
        SCRIPTS,
    ),
    "stasis_last": Example(
        "exten => 1,1,Stasis(script-vip)\n", "exten => 1,1,Stasis(script-vip)\n same => n,Hangup()\n", SCRIPTS
    ),
    "stasis_unknown": Example(
        "exten => 1,1,Stasis(script-vipp)\n same => n,Hangup()\n",
        "exten => 1,1,Stasis(script-vip)\n same => n,Hangup()\n",
        {"script-vip.script": ""},
    ),
    "talk_missing": Example(
        "exten => 1,1,Stasis(script-talker)\n same => n,Hangup()\n",
        "exten => 1,1,Stasis(script-talker)\n same => n,Hangup()\n[warmline-talk]\nexten => gone,1,Return()\n",
        {
            "units/script-talker.service": "[Service]\nExecStart=/usr/bin/python3 $folder/talker\n",
            "talker": "async def talk(ari, caller):\n    await ari.conversation(caller, 'PJSIP/1000')\n",
        },
    ),
    "warmline_unknown": Example(
        USED + AWAY + INGROUP + "[a]\nexten => 1,1,Goto(warmline-ingroup,SALES,1)\n",
        USED + AWAY + INGROUP + "[a]\nexten => 1,1,Goto(warmline-ingroup,SALESLINE,1)\n",
    ),
    "fastagi_unclean": Example(
        CLEAN + "[a]\nexten => 1,1,AGI(agi://127.0.0.1:4574/ticket,4711)\n same => n,Hangup()\n",
        CLEAN + "[a]\nexten => 1,1,Gosub(warmline-clean,s,1)\n"
        " same => n,AGI(agi://127.0.0.1:4574/ticket,4711)\n same => n,Hangup()\n"
        "exten => 2,1,AGI(agi://127.0.0.1:4574/ticket)\n same => n,Hangup()\n",
    ),
}
