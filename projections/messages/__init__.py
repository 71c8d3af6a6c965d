"""What the hub tells the departments: what became of their events, and how each accused's case stands."""
