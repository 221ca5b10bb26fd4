"""Screens and notices for officials and their groups."""
