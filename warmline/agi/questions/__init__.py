"""Questions of a script that only the running app, or the clock, can answer."""
