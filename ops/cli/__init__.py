"""The command line `sangam`. One module for each group of commands; main.py brings them together."""
