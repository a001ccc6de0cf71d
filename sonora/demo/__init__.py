"""Sonora on one machine from one command: Valkey, a sandbox Intercom, workers and web."""
