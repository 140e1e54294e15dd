#!/usr/bin/env python3
"""check.py RULE ARGUMENT…: says what breaks a rule of rules.py and ends with 1, or is silent and ends with 0."""

import sys
from pathlib import Path

import rules


def main(arguments):
    rule = getattr(rules, "check_" + arguments[0].replace("-", "_"))
    findings = rule(*[Path(argument).resolve() for argument in arguments[1:]])
    for finding in findings:
        print(finding)
    if findings:
        print(f"{len(findings)} findings against the rule \"{arguments[0]}\".")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
