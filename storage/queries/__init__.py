"""Queries for one purpose across several things stored."""
