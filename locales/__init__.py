"""Translations: English stands in the views; every other language has a catalogue here."""
