"""The command `mashang`, also as `python -m mashang`."""

from cli.__main__ import main

__all__ = ["main"]

if __name__ == "__main__":
    main()
