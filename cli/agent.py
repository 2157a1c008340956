"""`warmline agent …`: a person who takes calls."""

from warmline.cli import agent_call, agent_session, agent_watch
from warmline.cli.agent_status import status
from warmline.cli.entity import commands

app = commands("agent")
app.command(epilog="Example: warmline agent status 1000")(status)
for command, example in (*agent_session.COMMANDS, *agent_call.COMMANDS, *agent_watch.COMMANDS):
    app.command(epilog=f"Example: warmline agent {example}")(command)
