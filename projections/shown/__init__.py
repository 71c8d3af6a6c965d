"""What is known, in words of one language: for the terminal and for the web alike. Pure; how it looks is theirs."""
