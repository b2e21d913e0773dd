"""A program that decides without end: ``writer.py FILE NAME COUNT``.

After each decision that the store has taken it prints its number, so that whoever kills it knows
what must be on the disk.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


def main(path, name, count):
    sys.path.insert(0, str(ROOT))
    from nis2_align.reviews import open_reviews
    from tests.unit.reviews.review_samples import decision

    print("ready", flush=True)
    sys.stdin.readline()
    with open_reviews(path) as reviews:
        for number in range(int(count)):
            # What is taken back is decided by nobody else: the store would refuse it otherwise.
            wavers = number % 5 == 4
            requirement = f"1({name})" if wavers else f"{number % 7}(1)"
            held = decision(requirement=requirement, who=name, comment=f"{number} " * 300)
            reviews.record(held)
            if wavers:
                reviews.undo(held, who=name, comment=f"{number}")
            print(number, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
