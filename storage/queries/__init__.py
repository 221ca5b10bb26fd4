"""What is read for one purpose across several things stored."""
