"""The findings of `warmline dialplan lint`: one table for the rules, the reference page and the tests."""

from enum import StrEnum
from typing import NamedTuple


class LintSeverity(StrEnum):
    """The severity of a finding."""

    ERROR = "error"  # calls go wrong
    WARNING = "warning"  # calls go wrong under a condition, or the finding is not certain
    NOTE = "note"  # worth knowing


class LintCode(NamedTuple):
    """A kind of finding: when it is reported, what callers or agents notice, and how to fix it.

    `warmline`: only for a dialplan that includes dialplan/warmline.conf.
    """

    severity: LintSeverity
    when: str
    harm: str
    fix: str
    warmline: bool = False


ERROR, WARNING, NOTE = LintSeverity.ERROR, LintSeverity.WARNING, LintSeverity.NOTE

FILES = {
    "file_missing": LintCode(
        ERROR,
        "an `#include` names a file that does not exist or cannot be read",
        "Asterisk stops reading the file there; if this is extensions.conf, it loads nothing at its next start",
        "create the file, correct its name, or write #tryinclude",
    ),
    "file_rejected": LintCode(
        ERROR,
        "a section's head is not complete or names a template that is not above it, or a line is above all sections",
        "Asterisk stops reading the file there; if this is extensions.conf, it loads nothing at its next start",
        "correct the line; a template must be above the sections that use it",
    ),
    "include_circle": LintCode(
        ERROR,
        "a file includes itself, directly or through other files",
        "Asterisk reads the lines up to ten times, or loads nothing",
        "remove the #include that leads back",
    ),
    "file_not_read": LintCode(
        NOTE,
        "the dialplan contains `#exec`, or more files than `lint` reads",
        "the findings do not cover these lines",
        "check the loaded dialplan: asterisk -rx 'dialplan show' | warmline dialplan lint -",
    ),
    "line_ignored": LintCode(
        ERROR,
        "Asterisk ignores a line: no `=`, an unknown keyword, a bad priority or label, or a comment without an end",
        "callers skip this step, and the steps after it can have other numbers than intended",
        "correct the line",
    ),
    "parenthesis_missing": LintCode(
        WARNING,
        "the arguments of an application have more `(` than `)`; an unescaped `;` begins a comment",
        "the application gets incomplete arguments",
        "close the parenthesis, or write \\; for a semicolon",
    ),
    "priority_twice": LintCode(
        ERROR,
        "an extension has the same priority twice",
        "Asterisk ignores the second line, so callers skip this step",
        "use n for the priority, and keep the lines of an extension together",
    ),
}
MATCHING = {
    "first_priority_missing": LintCode(
        ERROR,
        "an extension has no priority 1, and its first priority has no label",
        "callers who dial it hear that the number does not exist",
        "begin the extension with priority 1",
    ),
    "priority_gap": LintCode(
        ERROR,
        "a priority can continue, but the next number is missing",
        "the call ends there, or continues in another extension",
        "use n for the priorities, or end the step before the gap with Goto or Hangup",
    ),
    "unreachable": LintCode(
        WARNING,
        "no call reaches a priority: the step before it never continues, and no jump leads to it",
        "callers never get this step",
        "remove the line, or give it a label and jump to it",
    ),
    "falls_into": LintCode(
        ERROR,
        "an extension ends without Hangup, Goto or Return, and another extension has the next priority for its number",
        "the call continues in the middle of the other extension: a second queue, prompt or phone",
        "end the extension with Hangup()",
    ),
    "ends_open": LintCode(
        WARNING,
        "an extension ends without Hangup, and `autofallthrough` is off",
        "the caller waits in silence until the response timeout",
        "end the extension with Hangup(), or set autofallthrough=yes",
    ),
    "subroutine_without_return": LintCode(
        WARNING,
        "a subroutine that Gosub calls ends without Return",
        "the call is hung up there, and the steps after the Gosub are not executed",
        "end the subroutine with Return()",
    ),
    "matches_special": LintCode(
        ERROR,
        "a pattern matches the extension h, which Asterisk runs after the hangup, and often i and t",
        "after each hangup the steps of this pattern run again: numbers are dialled, and scripts see a dead call",
        "write _X. for numbers, or add: exten => h,1,Hangup()",
    ),
    "hidden_pattern": LintCode(
        ERROR,
        "another pattern of the context comes first and matches every number of this one",
        "no call reaches the extension",
        "make the other pattern narrower, for example with . instead of !",
    ),
    "patterns_cross": LintCode(
        NOTE,
        "two patterns of a context match the same numbers, and neither contains the other",
        "Asterisk decides at the first position in which they differ, which is easy to get wrong",
        "check the example with: asterisk -rx 'dialplan show NUMBER@CONTEXT'",
    ),
    "include_hides": LintCode(
        ERROR,
        "a context searches a wider pattern before the include that has this extension",
        "calls for this extension take the wider pattern",
        "move the wider pattern into a context of its own, and include that context last",
    ),
    "include_repeats": LintCode(
        WARNING,
        "two included contexts have the same extension",
        "only the first is reached through this context",
        "remove one of them, or rename it",
    ),
    "include_unknown": LintCode(
        ERROR,
        "an `include` names a context that does not exist",
        "callers who dial its extensions hear that the number does not exist",
        "correct the name, or add the context",
    ),
    "include_loop": LintCode(
        WARNING,
        "a context includes itself, directly or through other contexts",
        "Asterisk skips the second search, so the order of the search is not the one in the file",
        "remove the include that leads back",
    ),
    "pattern_broken": LintCode(
        ERROR,
        "a pattern has `[` without `]`, `[]` at its end, or letters after `.` or `!`",
        "no call reaches it, or the end of the pattern has no effect",
        "close the set, or remove what follows",
    ),
    "pattern_letters": LintCode(
        WARNING,
        "a pattern has a word with n, x or z, which stand for digits",
        "the word in the pattern never matches itself",
        "put the letter into a set, such as [n]",
    ),
    "underscore_missing": LintCode(
        WARNING,
        "the name of an extension looks like a pattern and does not begin with `_`",
        "Asterisk takes it as it is written, so no number matches",
        "begin the pattern with _",
    ),
}
TARGETS = {
    "target_missing": LintCode(
        ERROR,
        "a jump, a subroutine or a hangup handler leads to a context, extension, priority or label that does not exist",
        "the caller hears that the number does not exist, or the call ends",
        "correct the name, or add the missing part",
    ),
    "local_missing": LintCode(
        ERROR,
        "a Local channel names a context or extension that does not exist",
        "the call to it fails immediately, and callers are not connected",
        "correct the name, or add the extension",
    ),
    "invalid_missing": LintCode(
        WARNING,
        "a menu waits for keys, and its context has no extension i",
        "callers who press a wrong key are hung up",
        "add: exten => i,1,Playback(pbx-invalid), and a Goto back to the menu",
    ),
}
UNTRUSTED = {
    "channel_untrusted": LintCode(
        ERROR,
        "Dial has a channel name with text that a caller controls",
        "a caller can add channels with &, and call any number at your expense",
        "FILTER() the text, such as ${FILTER(0-9,${EXTEN})}, or use a pattern of digits without . and !",
    ),
    "options_untrusted": LintCode(
        ERROR,
        "options of Dial or Queue have text that a caller controls",
        "a caller can choose options, such as those that run subroutines or transfer calls",
        "FILTER() the text, or remove it from the options",
    ),
    "command_untrusted": LintCode(
        ERROR,
        "a command of the shell has text that a caller controls",
        "a caller can run commands on this machine",
        "use an AGI script, which gets the text as an argument, or FILTER() the text",
    ),
    "condition_untrusted": LintCode(
        WARNING,
        "a condition has text that a caller controls, without quotes around it",
        "a sign in a caller's name or number changes the result; without a number the condition fails",
        'put the text and the other side into quotes, and FILTER() the text, such as "${FILTER(0-9,${CALLERID(num)})}"',
    ),
    "condition_quoted": LintCode(
        NOTE,
        "a condition has text in quotes that a caller controls",
        "a quote in a caller's name or number ends the text, so the caller can choose the result",
        "FILTER() the text, such as ${FILTER(0-9,${CALLERID(num)})}",
    ),
}
CALLS = {
    "application_removed": LintCode(
        WARNING,
        "a step uses Macro, Monitor, a channel of SIP/ or another part that Asterisk 21 does not have",
        "a call ends at an application that is missing, and Dial reaches no channel of a missing type",
        "use Gosub for Macro, MixMonitor for Monitor, and PJSIP for SIP",
    ),
    "result_lost": LintCode(
        WARNING,
        "a step after Queue or Dial stores the result of the call, and there is no extension h and no hangup handler",
        "the step is skipped if the caller hangs up first, so the result is missing for most calls",
        "store it in an extension h, or in a handler: Set(CHANNEL(hangup_handler_push)=CONTEXT,s,1)",
    ),
    "caller_may_transfer": LintCode(
        WARNING,
        "Queue has the option T or K, which lets the caller transfer or park",
        "callers can leave the queue with a feature code and dial numbers of the context",
        "remove T and K; t and k are those of the agent",
    ),
    "called_may_transfer": LintCode(
        WARNING,
        "Dial to a trunk has the option t or k, which lets the called party transfer or park",
        "a stranger can move your call with a feature code, and dial numbers of the context",
        "use T and K, which are those of your own phone",
    ),
    "transfer_outside_warmline": LintCode(
        WARNING,
        "Dial or Queue has t, T, k or K in a context that leads calls to Warmline",
        "an agent's feature code moves a call without Warmline: its recording and its report end",
        "remove these options; agents transfer with Warmline",
        warmline=True,
    ),
}
QUEUES = {
    "queue_unknown": LintCode(
        ERROR,
        "Queue names a queue that does not exist",
        "callers do not wait for an agent; the call continues at the next step, or ends",
        "correct the name, or add the queue to queues.conf",
    ),
    "queue_empty": LintCode(
        WARNING,
        "a queue that callers enter has no members",
        "callers wait and no phone rings, unless members are added while Asterisk runs",
        "add `member =>` lines, or let agents join with AddQueueMember",
    ),
    "music_unknown": LintCode(
        WARNING,
        "a class of music on hold does not exist",
        "callers hear silence or the default music while they wait",
        "correct the name, or add the class to musiconhold.conf",
    ),
}
PARKING = {
    "parking_unknown": LintCode(
        ERROR,
        "Park, ParkedCall or a channel names a parking lot that does not exist",
        "calls are not parked, and the caller is hung up or stays with the agent",
        "correct the name, or add the lot to res_parking.conf",
    ),
    "parking_without_context": LintCode(
        WARNING,
        "a parking lot has no `context`, so it shares `parkedcalls` with the others",
        "its places overlap with those of another lot, and Asterisk refuses the lot",
        "give each lot its own context and parkpos",
    ),
    "parking_not_included": LintCode(
        WARNING,
        "calls are parked, and no context includes the context of the lot",
        "agents cannot fetch a parked call by dialling its place",
        "include the context of the lot in the context of the phones",
    ),
}
WARMLINE = {
    "away_missing": LintCode(
        NOTE,
        "the dialplan has no context [warmline-away]",
        "while Warmline is stopped, callers hear a prompt and are hung up",
        "add [warmline-away] with an extension s, for example a Queue or a mailbox",
        warmline=True,
    ),
    "away_without_s": LintCode(
        ERROR,
        "[warmline-away] has no extension s with priority 1",
        "while Warmline is stopped, callers hear a prompt and are hung up",
        "begin [warmline-away] with: exten => s,1,Answer()",
        warmline=True,
    ),
    "away_loops": LintCode(
        ERROR,
        "[warmline-away] leads back to Warmline",
        "while Warmline is stopped, callers go in a circle until they hang up",
        "lead callers to a queue, a phone or a mailbox of Asterisk",
        warmline=True,
    ),
    "after_without_s": LintCode(
        ERROR,
        "[warmline-after] or [warmline-ended] has no extension s with priority 1",
        "calls end as if the context were not there",
        "begin the context with: exten => s,1,…",
        warmline=True,
    ),
    "warmline_internal_included": LintCode(
        ERROR,
        "a context includes a context of Warmline that is meant for Goto",
        "callers can dial the names of in-groups, agents and mailboxes",
        "include warmline-from-trunk alone, and use Goto for the others",
        warmline=True,
    ),
    "warmline_in_phones": LintCode(
        WARNING,
        "the context of the agents' phones includes warmline-from-trunk",
        "numbers that agents dial are handled as calls from outside",
        "include warmline-from-trunk in the context of the trunk alone",
        warmline=True,
    ),
}
SCRIPTS = {
    "script_missing": LintCode(
        ERROR,
        "AGI names a script that does not exist in Asterisk's folder of AGI scripts",
        "the step does nothing: AGISTATUS is NOTFOUND, and the call continues at the next step",
        "correct the name, or copy the script into the folder `astagidir` of asterisk.conf",
    ),
    "script_faulty": LintCode(
        ERROR,
        "an AGI script cannot run, or ends without doing anything",
        "the step does nothing, and the call continues at the next step",
        "correct the script as the finding says, and try it: warmline own-script test",
    ),
    "sighup_missing": LintCode(
        WARNING,
        "a script of warmline.agi runs without `AGISIGHUP=no`",
        "the script is killed in the middle of its work if the caller hangs up",
        "add before AGI(): Set(AGISIGHUP=no)",
    ),
    "stasis_last": LintCode(
        WARNING,
        "Stasis(script-NAME) is the last line of its extension",
        "callers are hung up while the script does not run, and when it fails",
        "add a line for them after Stasis(), such as Goto(warmline-fallback,s,1)",
    ),
    "stasis_unknown": LintCode(
        WARNING,
        "Stasis(script-NAME) names an ARI script that never ran on this machine, and no unit of systemd has its name",
        "callers continue immediately at the next line",
        "correct the name, or start the script",
    ),
    "talk_missing": LintCode(
        ERROR,
        "Stasis(script-NAME) leads to a script with conversations, and the context [warmline-talk] is missing",
        "the script refuses each conversation, because nothing would look after the parties if it is killed",
        "include warmline-talk.conf, which is beside warmline.conf, in extensions.conf",
    ),
    "sound_missing": LintCode(
        WARNING,
        "Playback, Background, ControlPlayback or Read plays a sound that does not exist in any language",
        "callers hear nothing, and a menu seems to be dead",
        "correct the name, which has no ending such as .wav, or copy the file into Asterisk's folder of sounds",
    ),
}
WARMLINE |= {
    "warmline_unknown": LintCode(
        ERROR,
        "a jump to warmline-ingroup, warmline-agent or warmline-from-trunk names nothing that exists",
        "callers go to [warmline-away], or hear a prompt and are hung up",
        "correct the name, or create it: warmline ingroup create, warmline agent create, warmline did create",
        warmline=True,
    ),
    "fastagi_unclean": LintCode(
        WARNING,
        "FastAGI gets arguments, and no `Gosub(warmline-clean,s,1)` comes before it",
        "a caller can send arguments of their own to the script, by line breaks in their name or number",
        "add before AGI(): Gosub(warmline-clean,s,1)",
        warmline=True,
    ),
}

LINT_CODES: dict[str, LintCode] = {
    **FILES,
    **MATCHING,
    **TARGETS,
    **UNTRUSTED,
    **CALLS,
    **QUEUES,
    **PARKING,
    **SCRIPTS,
    **WARMLINE,
}
