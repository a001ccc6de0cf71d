"""What the matching pages of a connection show and do."""
