"""Migrations of the tables, one revision after the other, by alembic."""
