"""The living demo: invented citizens whose dossiers go through the same acts as real ones, over simulated days."""
