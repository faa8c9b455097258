"""From a box of files to draft works: small steps, each with its own transaction.

An item says which step comes next (`steps.STEPS`). A step does its work without holding anything, then
writes it inside `holding(item, step)`; whoever finds the item at another step by then writes nothing. So
a step may be killed anywhere and is done again, and two workers at one item double nothing. A file that
cannot be taken in keeps its reason; the others of its batch go on.
"""
