"""What officials say: supervision, referrals, groups, lists and figures."""
