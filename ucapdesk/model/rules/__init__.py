"""Rules of the field: times, nights, seats, sides, statuses, deadlines. Each fact is decided in one of them."""
