"""One module per thing stored: cases, people, places, the ledger, timers."""
