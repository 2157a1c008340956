"""The commands that read the configuration of another system."""

from cli.tree.tree_row import ANYWHERE, TreeCommand

IMPORT = (
    TreeCommand(
        "queues",
        "cli.imports.import_queues:queues",
        "Convert queues of app_queue into files.\n\n"
        "The command reads queues.conf with its templates and included files, or the tables of realtime that "
        "`mysql --batch` has written: queues.tsv and queue_members.tsv. With extensions.conf, it finds the keys by "
        "which callers leave a queue. It writes in-groups, agents and phones for "
        "`warmline config apply`, and changes nothing else. Each value has a line: kept, changed, not needed or lost, "
        "and why.",
        (
            "/etc/asterisk/queues.conf /etc/asterisk/extensions.conf --campaign SALES --to ./converted",
            "queues.tsv queue_members.tsv --name support=SUPPORTLINE --to ./new --json",
        ),
        access=ANYWHERE,
    ),
)
