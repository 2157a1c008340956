"""The commands of `warmline own-script`."""

from cli.tree.tree_row import ANYWHERE, LOCAL, WHOLE, TreeCommand, added_rows

OWN_SCRIPT = (
    TreeCommand(
        "new",
        "cli.system.own_scripts:new",
        "Write a new AGI or ARI script with a test.\n\n"
        "The command writes the script and a test. An AGI script gets a recorded session as well, which its test "
        "plays. An ARI script is a program that serves and makes calls; it gets a unit for systemd. No file is "
        "overwritten.",
        ("ticket", "ticket --to /etc/warmline/scripts", "doorbell --ari"),
        access=ANYWHERE,
    ),
    TreeCommand(
        "list",
        "cli.system.own_scripts:list_scripts",
        "List ARI scripts and their channels.\n\n"
        "A script that is `dead` was killed, and something of it may be left; the app ends that. One that is "
        "`elsewhere` runs on another machine, or was connected with a URL. AGI scripts run for a call each, and are "
        "not listed.",
        ("", "--json"),
        access=LOCAL,
        table=WHOLE,
    ),
    *added_rows("own-script"),
)
