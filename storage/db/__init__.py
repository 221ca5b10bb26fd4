"""The database itself: engine, driver, transactions, locks, migrations and errors."""
