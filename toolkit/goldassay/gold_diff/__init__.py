"""What differs between two golds of any origin: items paired by what they say, not by what they are called."""
