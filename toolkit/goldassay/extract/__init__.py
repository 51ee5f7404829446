"""L3: extractors. The protocol, the adapters for functions and for programs of any language, the shipped baselines."""
