"""Measures leads and past calls by the million: searches of past calls over HTTP."""
