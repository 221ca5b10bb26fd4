"""Rules for what people write: addresses, dates, phone numbers, and what says nothing."""
