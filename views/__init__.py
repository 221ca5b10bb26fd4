"""The views: pure functions from values to a `Screen`, one package for each kind of recipient."""
