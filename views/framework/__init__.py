"""What every view stands on: screens, parts, formats, translation, buttons."""
