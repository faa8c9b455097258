"""Reviewers for submissions: a problem in, a plan out. Pure: no database, no models.

    from sheke.calls.assignment import assign, check, read_problem, recuse, replan

    problem = read_problem(data)  # the JSON of docs/calls/assignment.md, BadInput names the place
    plan = assign(problem)  # plan.data() is JSON
    verdict = check(problem, plan.data())

numpy and OR-Tools are loaded when something is solved, not when this is imported.
"""

from .checker import Verdict, check
from .engine import assign
from .plan import Plan
from .problem import Problem, read_problem
from .replanning import recuse, replan

__all__ = ["Plan", "Problem", "Verdict", "assign", "check", "read_problem", "recuse", "replan"]
