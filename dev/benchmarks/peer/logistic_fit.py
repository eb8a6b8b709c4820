"""SciPy's logistic fits of generated data sets, for LogisticComparison to compare ours with.

    python logistic_fit.py SETS.jsonl [SEEDS]

Each line holds a data set, the squared error that scipy.optimize.curve_fit reaches from the authors' start and from the one
taken from the data (null where it does not converge), and the least of these and of eight random starts.
"""

import json
import sys
import warnings

import numpy as np
from scipy.optimize import curve_fit

MAXFEV = 10000
RANDOM_STARTS = 8


def logistic4(x, b1, b2, b3, b4):
    return (b1 - b2) / (1 + np.exp(-(x - b3) / b4)) + b2


def logistic5(x, b1, b2, b3, b4, b5):
    return b1 * (0.5 - 1 / (1 + np.exp(b2 * (x - b3)))) + b4 * x + b5


def starts4(x, y):
    return [[y.max(), y.min(), x.mean(), x.std() / 4]]


def starts5(x, y):
    return [
        [10, 0, x.mean(), 0.1, 0.1],
        [y.max() - y.min(), 1 / x.std(), x.mean(), 0, y.mean()],
    ]


def random4(rng, x, y):
    top, bottom = rng.uniform(y.min(), y.max(), 2)
    return [top, bottom, rng.uniform(x.min(), x.max()), x.std() * 10 ** rng.uniform(-2, 0.5)]


def random5(rng, x, y):
    height = rng.uniform(-2, 2) * (y.max() - y.min())
    return [height, 10 ** rng.uniform(-0.5, 2) / x.std(), rng.uniform(x.min(), x.max()), rng.uniform(-1, 1), y.mean()]


CURVES = {"logistic4": (logistic4, starts4, random4), "logistic5": (logistic5, starts5, random5)}


def error(curve, start, x, y):
    """The sum of squared errors, or None where the fit does not converge."""
    try:
        point, _ = curve_fit(curve, x, y, p0=start, maxfev=MAXFEV)
    except RuntimeError:
        return None
    value = float(((y - curve(x, *point)) ** 2).sum())
    return value if np.isfinite(value) else None


def level(x):
    return np.clip(x, 1, 5)


def bent(x):
    return 1 + 4 / (1 + np.exp(-1.7 * (x - 3)))


KINDS = {
    "usual": lambda rng, x: level(bent(x) + 0.35 * rng.normal(size=x.size)),
    "straight": lambda rng, x: level(x + 0.4 * rng.normal(size=x.size)),
    "exact": lambda rng, x: bent(x),
    "weak": lambda rng, x: level(3 + 0.1 * (x - 3) + 0.7 * rng.normal(size=x.size)),
    "none": lambda rng, x: rng.uniform(1, 5, size=x.size),
    "inverted": lambda rng, x: level(6 - bent(x) + 0.4 * rng.normal(size=x.size)),
    "step": lambda rng, x: level(np.where(x > rng.uniform(2, 4), 4.2, 1.8) + 0.2 * rng.normal(size=x.size)),
    "two steps": lambda rng, x: level(1.5 + 1.3 * (x > 2.2) + 1.3 * (x > 3.7) + 0.2 * rng.normal(size=x.size)),
    "outliers": lambda rng, x: np.where(rng.random(x.size) < 0.08, rng.uniform(1, 5, x.size), level(bent(x))),
    "one outlier": lambda rng, x: np.where(np.arange(x.size) == rng.integers(x.size), 5.0, level(0.5 * x + 0.1 * rng.normal(size=x.size))),
    "hump": lambda rng, x: level(4 - (x - 3) ** 2 + 0.3 * rng.normal(size=x.size)),
    "exponential": lambda rng, x: level(1 + 4 * np.exp(1.5 * (x - 5)) + 0.1 * rng.normal(size=x.size)),
    "grid": lambda rng, x: np.round(level(bent(x) + 0.6 * rng.normal(size=x.size))),
}

PREDICTIONS = {
    "even": lambda rng, n: rng.uniform(1, 5, n),
    "middle": lambda rng, n: level(3 + 0.7 * rng.normal(size=n)),
    "narrow": lambda rng, n: 3 + 0.02 * rng.normal(size=n),
}


def main():
    warnings.simplefilter("ignore")
    seeds = int(sys.argv[2]) if len(sys.argv) > 2 else 4
    with open(sys.argv[1], "w", encoding="utf-8") as out:
        for seed in range(seeds):
            for kind, truth in KINDS.items():
                for spread, predictions in PREDICTIONS.items():
                    rng = np.random.default_rng([seed, *f"{kind}{spread}".encode()])
                    x = predictions(rng, int(rng.choice([12, 30, 80, 300])))
                    # the truth is one of a well-spread prediction, whatever its scale
                    y = truth(rng, level(3 + (x - 3) * (35 if spread == "narrow" else 1)))
                    for name, (curve, starts, drawn) in CURVES.items():
                        errors = [error(curve, start, x, y) for start in starts(x, y)]
                        more = [error(curve, drawn(rng, x, y), x, y) for _ in range(RANDOM_STARTS)]
                        best = [e for e in errors + more if e is not None]
                        row = {
                            "name": f"{kind}, {spread}, {x.size} pictures, seed {seed}",
                            "curve": name,
                            "x": x.tolist(),
                            "y": y.tolist(),
                            "same_starts": errors,
                            "best": min(best) if best else None,
                        }
                        out.write(json.dumps(row) + "\n")


if __name__ == "__main__":
    main()
