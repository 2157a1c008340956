"""Messages on the sockets of this machine: their frames, and their codec for programs that start for each call."""
