"""The complaint and its parts: clocks, people, events and fixed terms."""
