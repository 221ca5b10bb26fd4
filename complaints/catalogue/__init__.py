"""What a message is about: sentences that people say, and linear models that were learnt from them."""
