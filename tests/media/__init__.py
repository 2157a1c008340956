"""Recordings on the machine of another server."""
