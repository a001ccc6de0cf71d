"""What customers' own words say: how they feel, and what they ask for."""
