"""The commands of `warmline dialplan`."""

from cli.tree.tree_row import ANYWHERE, TreeCommand

DIALPLAN = (
    TreeCommand(
        "lint",
        "warmline_contrib.dialplan_lint.lint_command:lint",
        "Find faults in a dialplan.\n\n"
        "The command checks Queue, Dial, parking, transfers and Warmline. Examples of faults are hidden extensions, "
        "missing targets, and channel names with text that a caller can choose. Exit code: 0 no error and no warning, "
        "1 errors, 2 warnings.",
        ("/etc/asterisk/extensions.conf", "asterisk -rx 'dialplan show' | warmline dialplan lint -"),
        access=ANYWHERE,
    ),
)
