"""How an agency is reached, behind one small interface: by the electronic protocol, or by a printed form."""
