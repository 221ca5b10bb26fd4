"""The framework of all views: screens, parts, formats, translation, buttons."""
