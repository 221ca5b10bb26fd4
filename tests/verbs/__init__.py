"""Every verb against the fake unit of work: what it records, whom it tells, which clocks it moves, what it refuses."""
