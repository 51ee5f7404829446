"""L4: what must hold of annotations beyond their types, one module a kind of rule; every function yields findings."""
