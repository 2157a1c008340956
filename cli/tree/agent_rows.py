"""The commands of `warmline agent`: some are sent to a running app, the others change the configuration."""

from cli.tree.entity_rows import entity
from cli.tree.tree_row import WHOLE, TreeCommand, operation_rows, under

SESSION = under(
    "Session",
    TreeCommand(
        "login",
        "cli.agent.agent_session:login",
        "Log an agent in.\n\nWarmline calls the agent's phone. The session begins when the agent answers it.",
        ("1000", "1000 --json"),
        access="agents:write",
    ),
    TreeCommand(
        "ready",
        "cli.agent.agent_session:ready",
        "Make an agent ready for calls.\n\nAn agent in a call becomes ready after that call and its disposition.",
        ("1000", "1000 --json"),
        access="agents:write",
    ),
    TreeCommand(
        "pause",
        "cli.agent.agent_session:pause",
        "Pause an agent.\n\n"
        "For an agent in a call, the pause begins after that call and its disposition. CODE is the reason of "
        "the pause. The campaign decides whether a code is required.",
        ("1000 LUNCH", "1000 --codes"),
        access="agents:write",
    ),
    TreeCommand(
        "dispo",
        "cli.agent.agent_session:dispo",
        "Set the disposition of the last call.\n\n"
        "Without CODE the command lists the codes. During a call the code is stored, and takes effect when the "
        "call ends. You can replace the code with another one until the agent's next call.",
        ("1000 SALE --notes 'wants the blue one'", "1000 CALLBK --callback 'tomorrow 10:00'"),
        access="agents:write",
    ),
    TreeCommand(
        "logout",
        "cli.agent.agent_session:logout",
        "Log an agent out.\n\nFor an agent in a call, the session ends after that call and its disposition.",
        ("1000", "1000 --json"),
        access="agents:write",
    ),
    TreeCommand(
        "status",
        "cli.agent.agent_status:status",
        "Show agents and their states.\n\n"
        "The states come from the running app. With USER the command shows only that agent.",
        ("", "1000"),
        access="agents:read",
        table=WHOLE,
    ),
    TreeCommand(
        "watch",
        "cli.agent.agent_watch:watch",
        "Follow one agent.\n\n"
        "The view shows the agent's state and its duration, the lead, the script and the third party. It "
        "changes with every event, until Ctrl-C. If you pipe the output, each change is a line of text.",
        ("1000", "1000 --json"),
        access="agents:read",
    ),
)

CALLS = under(
    "Current call",
    TreeCommand(
        "hold",
        "cli.agent.agent_call:hold",
        "Put the customer on hold, with music.\n\n"
        "`hold` does the same as `park`, and `hold --off` does the same as `grab`.",
        ("1000", "1000 --off"),
        access="agents:write",
    ),
    TreeCommand(
        "mute",
        "cli.agent.agent_session:mute",
        "Switch the agent's microphone off.\n\n"
        "The agent still hears all parties. To switch the microphone on again, use --off. At the end of the "
        "call Warmline switches it on.",
        ("1000", "1000 --off"),
        access="agents:write",
    ),
    TreeCommand(
        "dtmf",
        "cli.agent.agent_call:dtmf",
        "Send key presses (DTMF).\n\n"
        "KEYS are 0-9, A-D, * and #. W is a pause of one second. Other parties do not hear the tones.",
        ("1000 12#", "1000 '1W2' --to third"),
        access="agents:write",
    ),
    TreeCommand(
        "record",
        "cli.agent.agent_call:record",
        "Start, stop or mute the recording.\n\nA muted recording contains silence until it is unmuted.",
        ("1000 start", "1000 mute"),
        access="agents:write",
    ),
    TreeCommand(
        "transfer",
        "cli.agent.agent_call:transfer",
        "Transfer the customer, and be free at once.\n\n"
        "The target is a number, an in-group, an agent or a message. For a warm transfer, see "
        "`warmline help warm transfer`.",
        ("1000 4930555123", "1000 --ingroup SUPPORTLINE --wait"),
        access="agents:write",
    ),
    TreeCommand(
        "conference",
        "cli.agent.agent_call:conference",
        "Call a third party into the call.\n\n"
        "The third party is a number, an agent of an in-group, or one agent. The agent then ends the warm transfer "
        "with `leave`, or ends the third party's call with `hangup --third`.",
        ("1000 4930555123 --park", "1000 --ingroup SUPPORTLINE --wait"),
        access="agents:write",
    ),
    TreeCommand(
        "park",
        "cli.agent.agent_call:park",
        "Park the customer or the third party.\n\n"
        "The parked party hears music. With `--ivr`, the customer is connected with the IVR or bot of the campaign's "
        "park_ivr, and hears music after it.",
        ("1000", "1000 --third"),
        access="agents:write",
    ),
    TreeCommand(
        "grab",
        "cli.agent.agent_call:grab",
        "Take a parked party back.",
        ("1000", "1000 --third"),
        access="agents:write",
    ),
    TreeCommand(
        "swap",
        "cli.agent.agent_call:swap",
        "Swap the parked party with the other.\n\n"
        "The agent then talks to the named party, and the other party hears music.",
        ("1000 customer", "1000 third"),
        access="agents:write",
    ),
    TreeCommand(
        "leave",
        "cli.agent.agent_call:leave",
        "Leave customer and third party connected.\n\n"
        "This completes a warm transfer: the customer and the third party keep talking.",
        ("1000", "1000 --json"),
        access="agents:write",
    ),
    TreeCommand(
        "hangup",
        "cli.agent.agent_call:hangup",
        "Hang up all parties except the agent.\n\nWith --third or --customer only that party is hung up.",
        ("1000", "1000 --third"),
        access="agents:write",
    ),
)

DIALLING = under(
    "Dialling out",
    TreeCommand(
        "dial",
        "cli.agent.agent_dial:dial",
        "Dial a customer.\n\n"
        "If you give neither NUMBER nor --lead, the agent dials the previewed number. To end the call, use "
        "`hangup`.",
        ("1000 4930555123", "1000 --lead 17 --wait"),
        access="agents:write",
    ),
    TreeCommand(
        "preview",
        "cli.agent.agent_dial:preview",
        "Show a paused agent a number or a lead.\n\n"
        "The agent then dials the number with `dial`, or leaves it with `skip`.",
        ("1000 --lead 17", "1000 4930555123"),
        access="agents:write",
    ),
    TreeCommand(
        "dial-next",
        "cli.agent.agent_dial:dial_next",
        "Dial the next lead of the campaign.\n\n"
        "The lead is the one that `warmline dial hopper` shows first. With --preview a paused agent sees the "
        "lead, and dials it with `dial` or skips it with `skip`.",
        ("1000", "1000 --preview"),
        access="agents:write",
    ),
    TreeCommand(
        "skip",
        "cli.agent.agent_dial:skip",
        "Skip the previewed number.",
        ("1000", "1000 --json"),
        access="agents:write",
    ),
    *operation_rows("agent", "Dialling out"),
)

SUPERVISION = under(
    "Supervision",
    TreeCommand(
        "listen",
        "cli.agent.agent_supervise:listen",
        "Listen to an agent.\n\n"
        "Warmline calls the supervisor's phone. The supervisor hears the agent's calls, one after the other, "
        "until the phone is hung up. If the supervisor used `whisper` or `barge` before, the phone stays connected, "
        "and the supervisor only listens.",
        ("1000 --phone 1009", "1000 --phone 1009 --json"),
        access="agents:supervise",
    ),
    TreeCommand(
        "whisper",
        "cli.agent.agent_supervise:whisper",
        "Listen, and talk to the agent alone.\n\n"
        "Warmline calls the supervisor's phone. If the supervisor used `listen` or `barge` before, the phone stays "
        "connected, and only the agent hears the supervisor.",
        ("1000 --phone 1009", "1000 --phone 1009 --json"),
        access="agents:supervise",
    ),
    TreeCommand(
        "barge",
        "cli.agent.agent_supervise:barge",
        "Listen, and talk to all parties of a call.\n\n"
        "Warmline calls the supervisor's phone. If the supervisor used `listen` or `whisper` before, the phone stays "
        "connected, and all parties hear the supervisor.",
        ("1000 --phone 1009", "1000 --phone 1009 --json"),
        access="agents:supervise",
    ),
)

# Generated from the registry of commands by `python -m tools.pages`: commands without a function written by hand.
MADE = under(
    "Further commands",
    # <made>
    TreeCommand(
        "ring",
        "cli.agent.generated_commands:ring",
        "Call back an agent's disconnected phone.",
        ("1000", "1000 --json"),
        access="agents:write",
    ),
    TreeCommand(
        "ask-help",
        "cli.agent.generated_commands:ask_help",
        "Ask the supervisors for help in the call.",
        ("1000", "1000 --json"),
        access="agents:write",
    ),
    TreeCommand(
        "end-help",
        "cli.agent.generated_commands:end_help",
        "Take back a request for help.",
        ("1000", "1000 --json"),
        access="agents:write",
    ),
    TreeCommand(
        "notes",
        "cli.agent.generated_commands:notes",
        "Keep notes of the call for the disposition.",
        ("1000", "1000 --json"),
        access="agents:write",
    ),
    TreeCommand(
        "undo-disposition",
        "cli.agent.generated_commands:undo_disposition",
        "Take back a disposition within 10 seconds.",
        ("1000", "1000 --json"),
        access="agents:write",
    ),
    TreeCommand(
        "hangup-grab",
        "cli.agent.generated_commands:hangup_grab",
        "Hang up the third party, grab the customer.",
        ("1000", "1000 --json"),
        access="agents:write",
    ),
    TreeCommand(
        "audio-play",
        "cli.agent.generated_commands:audio_play",
        "Play sound files into the bridge of the call.",
        ("1000 vm-goodbye", "1000 vm-goodbye --json"),
        access="agents:write",
    ),
    TreeCommand(
        "audio-stop",
        "cli.agent.generated_commands:audio_stop",
        "Stop the sound files.",
        ("1000", "1000 --json"),
        access="agents:write",
    ),
    TreeCommand(
        "audio-pause",
        "cli.agent.generated_commands:audio_pause",
        "Pause the sound files.",
        ("1000", "1000 --json"),
        access="agents:write",
    ),
    TreeCommand(
        "audio-resume",
        "cli.agent.generated_commands:audio_resume",
        "Continue the sound files after a pause.",
        ("1000", "1000 --json"),
        access="agents:write",
    ),
    TreeCommand(
        "audio-restart",
        "cli.agent.generated_commands:audio_restart",
        "Play the sound files from the beginning.",
        ("1000", "1000 --json"),
        access="agents:write",
    ),
    # </made>
)

AGENT = (*SESSION, *CALLS, *DIALLING, *SUPERVISION, *MADE, *under("Configuration", *entity("agent")))
