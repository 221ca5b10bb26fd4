"""Files for people, made when they are sent and never kept."""
