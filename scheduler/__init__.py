"""What happens by time: a ticker, and the jobs that it calls."""
