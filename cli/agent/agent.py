"""`warmline agent …`: a person who takes calls."""

from cli.agent import agent_commands
from cli.agent.agent_status import status
from cli.entities.entity import commands

PANELS = {
    "The day": ("login", "ready", "pause", "dispo", "logout", "status", "watch"),
    "The call": ("dial", "preview", "skip", "callbacks", "hold", "mute", "dtmf", "record", "transfer", "hangup"),
    "With a third party": ("conference", "park", "grab", "swap", "leave"),
    "Supervision": ("listen", "whisper", "barge"),
}

app = commands("agent")
configuration = app.registered_commands[:]
for one in configuration:
    one.rich_help_panel = "Configuration"
app.command(epilog="Example: warmline agent status 1000")(status)
for name in agent_commands.ORDERS:
    agent_commands.add(app, name)
named = {one.name or getattr(one.callback, "__name__", ""): one for one in app.registered_commands}
for panel, names in PANELS.items():
    for name in names:
        named[name].rich_help_panel = panel
in_order = [name for names in PANELS.values() for name in names]
app.registered_commands = [*(named[name] for name in in_order), *configuration]
