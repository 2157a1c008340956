"""What becomes known of a script that fails: its words for Asterisk, and its note for doctor, metrics and log."""
