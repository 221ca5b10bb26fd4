"""Personal data: how long they are kept, how they are erased and exported."""
