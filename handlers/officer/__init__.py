"""Handlers for officials: supervision, referrals, groups, lists and figures."""
