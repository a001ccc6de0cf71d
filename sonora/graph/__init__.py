"""What the conversations with people say of each relationship: engagement, silence, strength, champions, the map.

docs/people-graph.md publishes every rule and number of it.
"""
