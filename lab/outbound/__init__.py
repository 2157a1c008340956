"""The outbound demo: a predictive campaign on a private Asterisk, judged by the sound and the records."""
