"""How did the tables come to look as they do? One revision after the other, by alembic."""
