"""How the models of `complaints.catalogue` are learnt and measured: for development, not shipped."""
