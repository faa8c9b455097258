"""Benchmarks: each prints JSON and runs a naive rival beside our way, so that the ratio holds on a noisy machine."""
