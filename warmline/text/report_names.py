"""The names of the reports, which options, commands and routes share."""

REPORT_NAMES = (
    "day",
    "interval",
    "agents",
    "closers",
    "transfers",
    "dids",
    "dispositions",
    "callbacks",
    "missed",
    "drops",
    "undispositioned",
)
