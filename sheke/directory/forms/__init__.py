"""Forms of the directory; they validate only."""
