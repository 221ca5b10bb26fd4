"""The page on which one person plays every side."""
