"""The handlers: what people write and tap becomes one verb and one view; one module for each concern."""
