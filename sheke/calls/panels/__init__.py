"""Panels: counting ballots, what members see, absences, results, minutes."""
