"""The press: plans what must be made, renders it in worker processes, and writes each file whole or not at all.

Read `order` (what was asked), `stock` (what there is), `plan` (what must be made and why), `workers` and `worker`
(who makes it), `manifest` (what was made from what) and `run` (the whole) in that order.
"""
