"""What `outcome.ended_by` says of a call whose end nobody wanted."""

ENDED_UNSEEN = "away"  # the app was away, or Asterisk gave no cause
ENDED_BY_ASTERISK = "asterisk"
ENDED_BY_ERROR = "error"  # in Warmline
FAULTY_ENDS = (ENDED_UNSEEN, ENDED_BY_ASTERISK, ENDED_BY_ERROR)
