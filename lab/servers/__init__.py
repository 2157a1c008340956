"""The demo of several servers: warm transfers on two Asterisks under one app, whose call process is killed."""
