"""Several Asterisk servers: the server of a new call, and how an agent is brought to it."""
