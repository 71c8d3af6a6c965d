"""The desk between people and questions: decides, puts on record, reads under the ticket, cuts, and answers."""
