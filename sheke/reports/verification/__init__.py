"""Whether a frozen report, and a Word file of it, still say what the ledger says."""
