"""Operations of a running process: leader election, health, metrics, alarms, retries, signals."""
