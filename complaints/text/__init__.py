"""Recognition of what people write: addresses, dates, phone numbers, and answers that say nothing."""
