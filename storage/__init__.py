"""Storage: tables, the unit of work, and one module for each thing stored."""
