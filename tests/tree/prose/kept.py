"""Sentences that break a rule and stay, each with the reason. The check fails if a sentence no longer exists."""

KEPT = {
    ("warmline/core/rules/reasons.py", "the call is agent {agent}'s until he leaves it"): "an answer of /agc/api.php",
    ("warmline/core/rules/reasons.py", "an agent cannot consult himself"): "an answer of /agc/api.php",
}
