"""`make soak`, `make poison`. Every process of the bot reads this file again, so nothing heavy stands in it."""

import sys

if __name__ == "__main__":
    from soak import main

    sys.exit(main())
