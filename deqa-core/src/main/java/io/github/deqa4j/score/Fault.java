package io.github.deqa4j.score;

import io.github.deqa4j.InvalidInputException;

/**
 * A fault that a network sees in an image. It is a guess from how images look that were made worse on purpose.
 *
 * @param kind what is wrong
 * @param strength above 0 up to 1: 0.2 is just visible, 1 is severe
 */
public record Fault(FaultKind kind, double strength) {
    /** @throws InvalidInputException if the strength is not in its range */
    public Fault {
        if (!(strength > 0 && strength <= 1)) {
            throw new InvalidInputException(
                    "the strength of a fault is " + strength + "; it must be above 0 and at most 1");
        }
    }
}
