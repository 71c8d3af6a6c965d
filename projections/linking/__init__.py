"""How identifiers come to belong together: which links an event claims, which stand, and which files they reach.

Pure. The store keeps the links; this room only decides what they mean.
"""
