"""The commands that read the configuration of another system."""

from cli.tree.tree_row import ANYWHERE, LOCAL, TreeCommand

IMPORT = (
    TreeCommand(
        "vicidial",
        "warmline_contrib.imports.vicidial.import_vicidial:vicidial",
        "Convert VICIdial's configuration into files.\n\n"
        "The command reads a MariaDB or MySQL server, or a dump, and changes nothing there. It writes files for "
        "`warmline config apply`, phones to include in pjsip.conf, and call menus to include in extensions.conf. One "
        "more file has the fate of each value: kept, changed, not needed or lost, and why. Codes of two campaigns "
        "that differ get other names, and a file keeps these. The command changes nothing in Warmline, so it is the "
        "dry run of a move. WARMLINE_MYSQL_PASSWORD has the password of a server.",
        ("mysql://reader@db.example.org/asterisk --to ./converted", "asterisk.sql.gz --to ./converted --json"),
        access=ANYWHERE,
    ),
    TreeCommand(
        "vicidial-rows",
        "warmline_contrib.imports.vicidial.rows.import_vicidial_rows:rows",
        "Import VICIdial's leads, callbacks and calls.\n\n"
        "First apply the files of `import vicidial`. The command brings leads with their ids, counts, times and "
        "custom fields. It also brings do-not-call numbers, callbacks that are due, past calls, agents' times and the "
        "addresses of recordings. It writes in short transactions, so a running app is not held up. Repeat the "
        "command to continue after an interruption, or to bring what is new since. A lead whose id another lead has "
        "is refused.",
        (
            "mysql://reader@db.example.org/asterisk --from ./converted --source-timezone America/Chicago",
            "asterisk.sql.gz --from ./converted --without-calls --json",
        ),
        access=LOCAL,
    ),
    TreeCommand(
        "undo",
        "warmline_contrib.imports.vicidial.rows.undo_rows:undo",
        "Undo the latest import.\n\n"
        "Leads, numbers, callbacks and past calls go that `import vicidial-rows` has brought. Then the configuration "
        "goes that `config apply` has made from the files of `import vicidial`. This is refused after a call, a dial "
        "or a change has used any of it, and the error names the use. Repeat the command to continue after an "
        "interruption.",
        ("", "--rows-only --yes --json"),
        access=LOCAL,
    ),
    TreeCommand(
        "queues",
        "warmline_contrib.imports.import_queues:queues",
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
    TreeCommand(
        "freepbx",
        "warmline_contrib.imports.freepbx.import_freepbx:freepbx",
        "Convert a FreePBX into files.\n\n"
        "The command reads FreePBX's MariaDB, a dump of it, or a backup, and changes nothing there. It writes queues, "
        "ring groups, inbound routes, time conditions and extensions for `warmline config apply`, and a file for "
        "Asterisk. Numbers of --did go to Warmline by that file. All others stay with FreePBX. Each value is kept, "
        "changed, not needed or lost, and the command says why. A password of the database comes from the variable "
        "WARMLINE_MYSQL_PASSWORD.",
        (
            "20261128-backup.tar.gz --campaign SALES --to ./new",
            "mysql://reader@127.0.0.1/asterisk --did 5550100 --name 600=SALESLINE --to ./new --json",
        ),
        access=ANYWHERE,
    ),
)
