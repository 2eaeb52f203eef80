"""How the portal's processes are run: the same commands for the demo, the tests and the containers."""
