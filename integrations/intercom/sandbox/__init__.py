"""An Intercom that runs here: the same HTTP interface over a generated workspace."""
