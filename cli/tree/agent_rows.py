"""The commands of `warmline agent`: those that a running app carries out, and those of the configuration."""

from cli.tree.entity_rows import entity
from cli.tree.tree_row import TreeCommand

ORDERS = (
    TreeCommand("login", "cli.agent.agent_session:login", "Log an agent in: the phone is called; pick it up.", "1000"),
    TreeCommand(
        "ready", "cli.agent.agent_session:ready", "Take calls: at once, or after the call and its disposition.", "1000"
    ),
    TreeCommand(
        "pause",
        "cli.agent.agent_session:pause",
        "Take no calls, after the call and its code if there is one.\n\n"
        "CODE says why; whether it is needed is the campaign's rule.",
        "1000 LUNCH",
    ),
    TreeCommand(
        "dispo",
        "cli.agent.agent_session:dispo",
        "Give the last call its code; without CODE, show which there are.\n\n"
        "During a call it is kept until that ends. Until the next call another code takes its place.",
        "1000 SALE --notes 'wants the blue one'",
    ),
    TreeCommand(
        "logout",
        "cli.agent.agent_session:logout",
        "Log an agent out, at once or after the call and its disposition.",
        "1000",
    ),
    TreeCommand(
        "status",
        "cli.agent.agent_status:status",
        "Who is logged in and in which state, from the running app; with USER one agent.",
        "1000",
    ),
    TreeCommand(
        "watch",
        "cli.agent.agent_watch:watch",
        "Follow one agent until Ctrl-C: state, time, lead, script, third party; piped, a line for each change.",
        "1000",
    ),
    TreeCommand(
        "dial",
        "cli.agent.agent_dial:dial",
        "Dial a customer; without NUMBER and --lead the one that the agent looks at. Hanging up is `hangup`.",
        "1000 4930555123",
    ),
    TreeCommand(
        "preview",
        "cli.agent.agent_dial:preview",
        "Let a paused agent look at a number or a lead, to dial it or to skip it.",
        "1000 --lead 17",
    ),
    TreeCommand("skip", "cli.agent.agent_dial:skip", "Leave the number that the agent looks at.", "1000"),
    TreeCommand(
        "callbacks",
        "cli.agent.agent_dial:callbacks",
        "Whom the agent may call back: promised by the agent, or anybody's. To do it: `warmline callback dial`.",
        "1000",
    ),
    TreeCommand(
        "hold", "cli.agent.agent_call:hold", "Hold the customer, who hears music: the same as park and grab.", "1000"
    ),
    TreeCommand(
        "mute",
        "cli.agent.agent_session:mute",
        "Switch the agent's microphone off until the call is over: nobody hears the agent, who hears everybody.",
        "1000",
    ),
    TreeCommand(
        "dtmf",
        "cli.agent.agent_call:dtmf",
        "Press KEYS (0-9, A-D, *, #; W is a second's pause); nobody else hears them.",
        "1000 12#",
    ),
    TreeCommand(
        "record",
        "cli.agent.agent_call:record",
        "The recording of the call: muted, it has silence on it for a while.",
        "1000 start",
    ),
    TreeCommand(
        "transfer",
        "cli.agent.agent_call:transfer",
        "Hand the customer over and be free at once: to NUMBER, an in-group, an agent, or a message.",
        "1000 4930555123",
    ),
    TreeCommand("hangup", "cli.agent.agent_call:hangup", "Hang up: everybody but the agent, or one side.", "1000"),
    TreeCommand(
        "conference",
        "cli.agent.agent_call:conference",
        "Bring a third party in: NUMBER, an agent of an in-group, or one agent. Then `leave`, or `hangup --third`.",
        "1000 4930555123 --park",
    ),
    TreeCommand("park", "cli.agent.agent_call:park", "Let the customer hear music, or the third party.", "1000"),
    TreeCommand(
        "grab", "cli.agent.agent_call:grab", "Take the parked customer back, or the third party.", "1000 --third"
    ),
    TreeCommand(
        "swap",
        "cli.agent.agent_call:swap",
        "Talk to the one who is parked while the other hears music.",
        "1000 customer",
    ),
    TreeCommand("leave", "cli.agent.agent_call:leave", "Leave the customer and the third party to each other.", "1000"),
    TreeCommand(
        "listen",
        "cli.agent.agent_supervise:listen",
        "Hear what an agent hears and says, from call to call, until you hang up.\n\n"
        "The phone is called. If it is with the agent already, it is not called again: it listens, whispers "
        "or barges in from then on.",
        "1000 --phone 1009",
    ),
    TreeCommand(
        "whisper", "cli.agent.agent_supervise:whisper", "The same, and the agent alone hears you.", "1000 --phone 1009"
    ),
    TreeCommand(
        "barge",
        "cli.agent.agent_supervise:barge",
        "The same, and everybody in the call hears you.",
        "1000 --phone 1009",
    ),
)

# Made from the registry of commands by `python -m pages`: the commands that have no function of their own.
MADE: tuple[TreeCommand, ...] = (
    # <made>
    TreeCommand("ring", "cli.agent.made_orders:ring", "Ring the agent's phone again that was lost.", "1000"),
    TreeCommand(
        "hangup-grab",
        "cli.agent.made_orders:hangup_grab",
        "Hang up the third party, and talk to the parked customer.",
        "1000",
    ),
    TreeCommand(
        "audio-play",
        "cli.agent.made_orders:audio_play",
        "Play sound files into the bridge of the call.",
        "1000 vm-goodbye",
    ),
    TreeCommand("audio-stop", "cli.agent.made_orders:audio_stop", "Stop the sound files.", "1000"),
    TreeCommand("audio-pause", "cli.agent.made_orders:audio_pause", "Pause the sound files.", "1000"),
    TreeCommand(
        "audio-resume", "cli.agent.made_orders:audio_resume", "Continue the sound files after a pause.", "1000"
    ),
    TreeCommand(
        "audio-restart", "cli.agent.made_orders:audio_restart", "Play the sound files from the beginning.", "1000"
    ),
    # </made>
)

AGENT = (*ORDERS, *MADE, *entity("agent"))
