"""The contract kit: what a department's own team looks at before it goes live."""
