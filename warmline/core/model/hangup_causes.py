"""The hang-up causes of Q.850 that the core names. `CAUSES` in core/rules/reasons.py has a sentence for each."""

NO_CAUSE = 0  # Asterisk reported none
UNALLOCATED_NUMBER = 1
NORMAL_CLEARING = 16
USER_BUSY = 17
NO_RESPONSE = 18
NO_ANSWER = 19
CALL_REJECTED = 21
INVALID_NUMBER_FORMAT = 28
