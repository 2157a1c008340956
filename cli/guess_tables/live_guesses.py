"""Words for work on live calls, agents and recordings; the form is that of `cli.help.guesses`.

A key can be several guesses, which a comma and a space separate. After ` +`, it names the kind of an entry that the
guess must name too. After ` +none`, the guess names neither an entry nor a call. A line that begins with `! ` is of
another program. In it, `{*}` are the options of the guess that its first command of Warmline has.
"""

AT_ONCE = (
    "! curl -K LOGIN-FILE -d source=cli -d function=change_ingroups -d agent_user={} -d value={} "
    "-d 'ingroup_choices= {} -' http://127.0.0.1:8089/agc/api.php "
    '# At once, until the logout. LOGIN-FILE has: data = "user=API-USER&pass=PASSWORD"'
)
KEPT_OUT = "agent set USER ingroups=OTHERS-{1:INGROUP} # Name all that the agent keeps, for the next login."
NO_TEXT = "# No command shows an agent a text. This lets you talk to the agent alone."
TURN_AWAY = "ingroup set {1:INGROUP} max_calls_method=TOTAL max_calls_count=0 max_calls_action=AFTERHOURS "
REOPEN = (
    "! echo 'warmline ingroup set {1:INGROUP} max_calls_method=DISABLED' | at {--until:TIME} "
    "# Open it again at that time; nothing in Warmline does."
)
CLOSED_UNTIL = (
    TURN_AWAY + "# Turn new callers away at once; those who wait stay.",
    "ingroup set {1:INGROUP} after_hours_action=MESSAGE after_hours_message_filename={--message:SOUND} "
    "# The sound that they hear.",
    REOPEN,
)
EACH_ID = "sed 1d | cut -d, -f1 | sort -u | xargs -I CALL"
SAVE_EACH = (
    "recording list {*} # Show them first.",
    f"! warmline recording list {{*}} --csv | {EACH_ID} warmline recording save CALL --to recording-files "
    "# Save the audio of each call.",
    "! tar czf recordings.tar.gz recording-files # Put them into one archive, in place of a zip.",
)
PAGE = "audit call {1:CALL} --html call.html --with-audio "
SHARED = (
    PAGE + "# No command makes a link that expires. This page has the audio, and you can send it.",
    "recording save {1:CALL} # Save the audio alone.",
)
PLAYED = (
    "recording save {1:CALL} # No command plays a recording: save it, and play the file.",
    PAGE + "# Or a page that plays it.",
)
RANDOM = (
    "! warmline recording list {*} --csv | sed 1d | shuf -n {--count:5} "
    "# Pick recorded calls at random; the first word of each line is the id.",
    "recording save CALL # Save the audio of one.",
)
OWN_NAME = "recording save {1:CALL} # The file gets the name of the recording."
WRAPPED = (
    "agent dispo {1:USER} # Show the codes; the agent's wrap-up ends with one and the next line.",
    "agent dispo {1:USER} CODE",
    "agent ready {1:USER}",
)
WITH_CALLER = "call list # Show the ids of live calls, and the agent of each."

LIVE_GUESSES: dict[str, tuple[str, ...]] = {
    # agents
    "agent move +ingroup, agent send +ingroup, agent reassign +ingroup, move +ingroup": (
        "agent show {1:USER} # Show the in-groups that the agent has.",
        "agent set {1:USER} ingroups={--to:INGROUP},OTHERS "
        "# Name all its in-groups, also the former ones. They count from the next login on.",
        AT_ONCE.format("{1:USER}", "ADD", "{--to:INGROUP}"),
    ),
    "agent move +campaign, agent reassign +campaign": (
        "agent set {1:USER} campaign={--to:CAMPAIGN} # It counts from the next login on.",
    ),
    "agent move +user-group, agent reassign +user-group": ("agent set {1:USER} user_group={--to:USER-GROUP}",),
    "ingroup pause +agent, ingroup suspend +agent, ingroup skip +agent": (
        "agent show USER # Show the in-groups that the agent has.",
        KEPT_OUT,
        AT_ONCE.format("USER", "REMOVE", "{1:INGROUP}"),
    ),
    "agent message, message, broadcast, page, agent page, agent notify, agent text": (
        "agent whisper USER --phone PHONE " + NO_TEXT,
        "agent status # Show who is logged in.",
    ),
    "agent message +agent, message +agent, agent page +agent, agent notify +agent, agent text +agent": (
        "agent whisper {1:USER} --phone PHONE " + NO_TEXT,
        "agent status # Show who is logged in.",
    ),
    "broadcast +none, message +none, broadcast +campaign, message +campaign, campaign message, message all": (
        "campaign members CAMPAIGN # No command shows agents a text. These are its agents.",
        "agent whisper USER --phone PHONE # Talk to one agent alone.",
    ),
    "spy, eavesdrop, snoop, listen-in, agent eavesdrop, spy on, listen to": ("agent listen {1:USER} --phone PHONE",),
    "barge, barge-in, agent barge-in, agent takeover, agent intrude, intrude": ("agent barge {1:USER} --phone PHONE",),
    "coach, agent coach": ("agent whisper {1:USER} --phone PHONE",),
    "wrapup end, wrapup finish, wrapup stop, acw end, wrap-up end": WRAPPED,
    "agent wrapup, agent acw, agent finish, agent unwrap": WRAPPED,
    "agent end-wrapup, agent finish-wrapup, agent end-acw, agent end-wrap-up": WRAPPED,
    "agent state, agent set-state, agent set-status, agent force-state, agent force": (
        "agent ready {1:USER}",
        "agent pause {1:USER}",
        "agent logout {1:USER}",
    ),
    "dialler pause, dialler hold, dialler suspend, dialler freeze": (
        "campaign stop {1:CAMPAIGN} # It dials no further lead. Calls in progress go on.",
    ),
    "agent logout-all, agent kick-all, logout all, logout everyone, kick all, agent log-out-all": (
        "campaign members CAMPAIGN # No command logs all out. These are the agents of a campaign.",
        "agent logout USER # Run it for each.",
    ),
    # in-groups
    "ingroup drain, drain, ingroup stop-accepting": (
        TURN_AWAY + "# Turn new callers away, as after hours; those who wait are still answered.",
        "ingroup set {1:INGROUP} max_calls_method=DISABLED # Accept callers again.",
        "live # See who still waits.",
    ),
    "close +ingroup, close, shut +ingroup": CLOSED_UNTIL,
    "ingroup close +until, ingroup pause +until, ingroup shut +until, ingroup stop +until": CLOSED_UNTIL,
    # calls
    "call takeover, call steal, call grab, takeover, call pull, call pickup, call intercept, call get": (
        "call take {1:CALL} --agent USER # Give the call to an agent who is ready.",
        "agent transfer USER {--to:NUMBER} # Or send the customer to a number or phone. USER is the call's agent.",
        WITH_CALLER,
    ),
    "call bump, call prioritize, call prioritise, call priority, call promote, call first, call jump, call expedite, "
    "ingroup bump, ingroup prioritize, bump": (
        "call take {1:CALL} --agent USER # No command moves one caller ahead. This gives the call to an agent at once.",
        "ingroup set INGROUP queue_priority={--priority:99} # This puts all callers of an in-group ahead of others.",
        WITH_CALLER,
    ),
    "channel transfer +ingroup, call transfer +ingroup": (
        "agent transfer USER --ingroup INGROUP # USER is the call's agent.",
        WITH_CALLER,
    ),
    "channel transfer +agent, call transfer +agent": ("call take {1:CALL} --agent USER", WITH_CALLER),
    "call park, park, call hold": ("agent park {1:USER}", WITH_CALLER),
    "channel hangup all, call hangup-all, hangup all, channel hangup +agent, hangup +agent": ("agent hangup USER",),
    "call waiting, call queued, call queue, call in-queue, longest wait, longest-wait, queue-length": (
        "live --once # The callers who wait, and how long.",
        "report interval # The waits of the day, by half hour.",
    ),
    # callbacks
    "callback reassign +number, callback give +number, callback transfer +number": (
        "! warmline callback list | grep {1:NUMBER} # No command takes the number of a callback. This shows its id.",
        "callback take ID --agent {--to:USER}",
    ),
    "callback overdue, callback late, callback past, callback expired": (
        "callback list --state due # Their time is here; no agent has dialled them yet.",
        "callback list --state missed # Their time has passed.",
    ),
    "callback snooze +number, callback delay +number, callback defer +number, callback shift +number": (
        "! warmline callback list | grep {1:NUMBER} # No command takes the number of a callback. This shows its id.",
        "callback reschedule ID {2:+2h} # Give it a new time.",
    ),
    "callback snooze, callback delay, callback defer, callback push-back, callback shift": (
        "callback reschedule {1:ID} {2:+2h} # Give it a new time.",
        "callback list # Show the ids and numbers.",
    ),
    # recordings
    "recording download, recording fetch, recording play, recording listen": (OWN_NAME,),
    "recording download +none, recording fetch +none, recording get +none, recording export +none, "
    "recording zip +none, recording dump +none, get recording, fetch recording, download recording": SAVE_EACH,
    "recording get": (OWN_NAME, "recording list", "audit call {1:CALL}"),
    "recording share, recording url, recording send, recording email, share, call share, call link": (SHARED),
    "play, play recording, call play, call listen": PLAYED,
    "recording random, recording sample, recording pick, call random, call sample, sample, random call, random": RANDOM,
    "recording start, call start-recording, start recording": ("agent record {1:USER} start",),
    "recording stop, call stop-recording, stop recording": (
        "agent record {1:USER} stop",
        "agent record {1:USER} mute # Or silence the recording for a while; `unmute` ends that.",
    ),
    "recording pause, recording mute, pause recording, mute recording, record pause, record mute": (
        "agent record {1:USER} mute # The recording has silence until it is unmuted.",
        "agent record {1:USER} unmute",
    ),
    "recording resume, recording unmute, resume recording, record resume, record unmute": (
        "agent record {1:USER} unmute",
    ),
    "record start": ("agent record {1:USER} start",),
    "record stop": ("agent record {1:USER} stop", "agent record {1:USER} mute # Or silence it for a while."),
    "score, rate, recording score, call score, call rate, evaluate, call evaluate, qa, scorecard": (
        PAGE + "# No command keeps a score. This page has the call's story and its audio.",
        "call comment {1:CALL} {--note:TEXT} --mark coaching # Agents do not see the comment.",
    ),
    "comment, audit comment, recording comment, call note, annotate, call annotate, recording note": (
        "call comment {1:CALL} {2:TEXT}",
    ),
    "mark, call mark, audit mark, flag, call flag, recording mark, recording flag, tag, call tag": (
        "call comment {1:CALL} --mark {2:MARK}",
        "audit calls --mark {2:MARK} # Find them later.",
    ),
}

# Options that a command does not have, and the lines that do what they want.
LIVE_OPTIONS: dict[tuple[str, str], tuple[str, ...]] = {
    **{
        ("warmline recording save", f"--{word}"): SAVE_EACH
        for word in [
            "agent",
            "user",
            "day",
            "date",
            "since",
            "between",
            "from",
            "number",
            "ingroup",
            "queue",
            "campaign",
            "today",
            "yesterday",
            "week",
        ]
    },
    **{
        ("warmline recording list", f"--{word}"): SAVE_EACH
        for word in ["download", "save", "zip", "export", "get", "fetch", "archive"]
    },
    **{
        (f"warmline {command}", f"--{word}"): (
            f"audit calls --recorded --length {{--{word}:10m}}.. # Recorded calls, by their talk time.",
            "recording save CALL # Save the audio of one.",
        )
        for command in ("recording", "recording list")
        for word in ("longer-than", "longer", "min-length", "min-duration", "over")
    },
}
