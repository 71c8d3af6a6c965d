"""Papers that an office prints and signs: made from the files as a question answers them, and never kept."""
