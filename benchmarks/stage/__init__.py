"""A stage for the service: the real domain code on a virtual clock, with a model of the cloud around it."""
