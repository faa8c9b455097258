"""The bodies of `sheke report …`, one small module for each verb."""
