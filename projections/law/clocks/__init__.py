"""One module per clock or small family; `registry.py` lists them all."""
