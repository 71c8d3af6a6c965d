"""The web: pages made on the server, in Hindi and English, which need no script and load nothing from elsewhere."""
