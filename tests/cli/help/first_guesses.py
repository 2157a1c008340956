"""45 first guesses of newcomers, each with the command that its answer must name.

The answer names that command, or is its output or its help. Without the app, it names the command that starts it.
The first 17 were recorded word for word. The others are of the same kind: the product's own words, verbs of other
programs, and typing errors.
"""

GUESSES = (
    # recorded
    ("", "warmline help"),
    ("-h", "warmline help"),
    ("help", "warm transfer"),
    ("version", "warmline 0."),
    ("status", "warmline agent status"),
    ("report", "Usage: warmline report"),
    ("queue", "Usage: warmline ingroup"),
    ("recordings", "No recording since "),
    ("transfer", "warmline agent transfer"),
    ("logs", "journalctl -u 'warmline*'"),
    ("user", "Usage: warmline user"),
    ("agents", "warmline serve"),
    ("campaign add TEST2", "campaign TEST2 created"),
    ("campaign rm UNUSED", "campaign UNUSED deleted"),
    ("campaign update TESTCAMP dial_timeout=25", "campaign TESTCAMP: dial_timeout=25"),
    ("config edit", "warmline setting edit"),
    ("call show", "warmline audit call"),
    # of the same kind
    ("warm transfer", "warmline help warm transfer"),
    ("help warm transfer", "warmline agent conference"),
    ("help leave", "warmline agent leave"),
    ("conference", "warmline agent conference"),
    ("hold", "warmline agent hold"),
    ("leave", "warmline agent leave"),
    ("record", "warmline agent record"),
    ("listen", "warmline agent listen"),
    ("dial", "warmline agent dial"),
    ("hangup", "warmline agent hangup"),
    ("calls", "warmline serve"),
    ("queue list", "SALESLINE"),
    ("queue status", "warmline report day"),
    ("queue add ORDERS", "ingroup ORDERS created"),
    ("users ls", "There is no user yet"),
    ("agent add 1077", "agent 1077 created"),
    ("agent get 1000", "campaign"),
    ("did new 8005550177 route=ingroup:SALESLINE", "did 8005550177 created"),
    ("report calls", "warmline report day"),
    ("stats", "Usage: warmline audit"),
    ("create campaign TEST2", "warmline campaign create"),
    ("show agent 1000", "warmline agent show"),
    ("restart", "systemctl restart warmline"),
    ("backup", "warmline db backup"),
    ("settings", "recordings_keep_days"),
    ("audit cals", "warmline audit calls"),
    ("audit calls --agnt 1000", "--agent"),
    ("help recrding", "warmline help recording"),
)
