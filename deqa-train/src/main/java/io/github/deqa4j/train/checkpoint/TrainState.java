package io.github.deqa4j.train.checkpoint;

import io.github.deqa4j.torch.distributed.ProcessGroup;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The state of a run beside its tensors. A checkpoint stores it; together with the tensors it is all that is needed to resume.
 *
 * @param step number of steps done; the position in the data and the learning rate follow from it
 * @param optimizerSteps number of steps that changed the weights; steps without a readable image do not
 * @param randomPosition number of random seeds that were drawn
 * @param progress the evaluations so far
 * @param identity what the result of the run depends on, by name
 */
public record TrainState(
        int step, long optimizerSteps, long randomPosition, BestEvaluation progress, Map<String, String> identity) {
    public TrainState {
        identity = Collections.unmodifiableSortedMap(new TreeMap<>(identity)); // messages list what differs in order
    }

    /**
     * The best evaluation so far, and how long ago it was.
     *
     * @param step the step of the best evaluation; 0 before the first evaluation
     * @param value its value; 0 before the first evaluation
     * @param since number of evaluations after it
     * @param last the step of the last evaluation; 0 before the first one
     */
    public record BestEvaluation(int step, double value, int since, int last) {
        /** Before the first evaluation. */
        public static final BestEvaluation NONE = new BestEvaluation(0, 0, 0, 0);

        /** Whether a new value is better. NaN never is. */
        public boolean isBeatenBy(double newValue) {
            return !Double.isNaN(newValue) && (step == 0 || newValue > value);
        }

        /** The best evaluation after one more. */
        public BestEvaluation after(int newStep, double newValue) {
            return isBeatenBy(newValue)
                    ? new BestEvaluation(newStep, newValue, 0, newStep)
                    : new BestEvaluation(step, value, since + 1, newStep);
        }
    }

    /** The state of a run before its first step. */
    public static TrainState initial(Map<String, String> identity) {
        return new TrainState(0, 0, 0, BestEvaluation.NONE, identity);
    }

    /** The numbers of the first rank, with this rank's identity, which is the same on all ranks. */
    public TrainState fromFirst(ProcessGroup group) {
        double[] numbers = group.broadcast(
                new double[] {
                    step,
                    (double) optimizerSteps,
                    (double) randomPosition,
                    progress.step(),
                    progress.value(),
                    progress.since(),
                    progress.last()
                },
                0);
        return new TrainState(
                (int) numbers[0],
                (long) numbers[1],
                (long) numbers[2],
                new BestEvaluation((int) numbers[3], numbers[4], (int) numbers[5], (int) numbers[6]),
                identity);
    }
}
