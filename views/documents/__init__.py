"""What do people get as a file? Made when it is sent, and never kept."""
