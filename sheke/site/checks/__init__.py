"""What is wrong with an installation and how to mend it: `sheke check` and the page “Installation”.

One file for each part that is looked at; each look is a function that yields findings. See docs/backup.md.
"""
