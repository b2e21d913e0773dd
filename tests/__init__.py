"""The suite: unit, golden, property and app tests, and what they share."""
