"""What the design document shows beyond single fields, one module a section.

Sentences that stand alone are in design/; here is what a template cannot work out with loops and
ifs: sums, groups, and lines that are put together from what is known.
"""
