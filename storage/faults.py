"""Why can the database not be used? One sentence each, for whoever runs the bot."""


class StorageFault(Exception):
    """Its text is one sentence without secrets, and says what to do."""


class DatabaseUnreachable(StorageFault):
    """It can't be opened."""


class MigrationNeeded(StorageFault):
    """Its tables are not those that this version works on."""
