"""What the hub has not received: it knows, by source, which numbers came and which should have."""
