"""The reader that runs on this machine: a linear tier in numpy, and a small transformer beside it. Pure."""
