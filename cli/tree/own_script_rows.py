"""The commands of `warmline own-script`."""

from cli.tree.tree_row import ANYWHERE, LOCAL, TreeCommand

OWN_SCRIPT = (
    TreeCommand(
        "new",
        "cli.system.own_scripts:new",
        "Write a new AGI or ARI script with a test.\n\n"
        "The command writes the script, a recorded session and a test that plays it. An ARI script is a program that "
        "serves and makes calls; it has a test and no session. No file is overwritten.",
        ("ticket", "ticket --to /etc/warmline/scripts", "doorbell --ari"),
        access=ANYWHERE,
    ),
    TreeCommand(
        "record",
        "cli.system.own_scripts:record",
        "Run an AGI script and record its session.\n\n"
        "The dialplan runs this command in place of the script. The call is served as before, and the file gets the "
        "lines of Asterisk and of the script. PINs and other typed keys are masked.",
        (
            "/var/lib/warmline/ticket.session ticket",
            "/var/lib/warmline/ticket.session agi://127.0.0.1:4574/ticket 4711",
        ),
        access=LOCAL,
    ),
    TreeCommand(
        "test",
        "cli.system.own_scripts:test",
        "Play a recorded session against a script.\n\n"
        "The script works on a copy of the database. A server at agi:// works on its own database. The exit code is 2 "
        "if a command of the script differs from the session.",
        ("ticket.session ./ticket", "ticket.session ./ticket --json"),
        access=LOCAL,
    ),
)
