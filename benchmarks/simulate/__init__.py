"""A send to a million readers on a virtual clock: how long it takes, what it asks of AWS, and what that costs."""
