package io.github.deqa4j.train.checkpoint;

/**
 * How the evaluations of a run went.
 *
 * @param step the step with the best one; 0 before the first
 * @param value its value; 0 before the first
 * @param since evaluations after it
 * @param last the step with the last one; 0 before the first
 */
public record BestSoFar(int step, double value, int since, int last) {
    /** Before the first evaluation. */
    public static final BestSoFar NONE = new BestSoFar(0, 0, 0, 0);

    /** Whether a value is better; one that is not a number never is. */
    public boolean isBeatenBy(double newValue) {
        return !Double.isNaN(newValue) && (step == 0 || newValue > value);
    }

    /** What holds after another evaluation. */
    public BestSoFar after(int newStep, double newValue) {
        return isBeatenBy(newValue)
                ? new BestSoFar(newStep, newValue, 0, newStep)
                : new BestSoFar(step, value, since + 1, newStep);
    }
}
