"""Maintenance of a database: backups, audits, and the move to PostgreSQL."""
