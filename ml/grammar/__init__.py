"""A seeded grammar of customers' messages with their labels, every word of it written for this project."""
