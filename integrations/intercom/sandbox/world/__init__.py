"""The generated workspace: who is in it, what they wrote, and how it changes."""
