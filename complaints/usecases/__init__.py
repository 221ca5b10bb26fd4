"""The verbs: each loads, asks the rules, and hands events to `record`."""
