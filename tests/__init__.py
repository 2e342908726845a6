"""The suite: unit tests by layer, windows, journeys, properties, faults, and the shape of the source."""
