package io.github.deqa4j.train.report;

import io.github.deqa4j.torch.loss.LossPart;
import io.github.deqa4j.torch.loss.LossParts;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * The log of a step.
 *
 * @param step its number, from 1
 * @param epoch the epoch it lies in, from 1
 * @param parts the loss, averaged over the items of the step
 * @param gradientNorm the norm of all gradients before clipping
 * @param rates learning rates of vision, abstractor and decoder
 * @param items number of pairs, or of single images, that were read
 */
public record StepRow(int step, int epoch, LossParts parts, double gradientNorm, List<Double> rates, int items) {
    /** The columns after the step. */
    static final List<String> COLUMNS = Stream.of(
                    Stream.of("epoch"),
                    Stream.of(LossPart.values()).map(LossPart::column),
                    Stream.of("gradient_norm", "rate_vision", "rate_abstractor", "rate_decoder", "draws"))
            .flatMap(columns -> columns)
            .toList();

    public StepRow {
        rates = List.copyOf(rates);
    }

    double[] values() {
        return Stream.of(
                        DoubleStream.of(epoch),
                        Stream.of(LossPart.values()).mapToDouble(parts::of),
                        DoubleStream.of(gradientNorm, rates.get(0), rates.get(1), rates.get(2), items))
                .flatMapToDouble(columns -> columns)
                .toArray();
    }
}
