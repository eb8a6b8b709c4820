package io.github.deqa4j.torch.network;

import io.github.deqa4j.score.Device;
import io.github.deqa4j.torch.nn.Engine;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

/**
 * How many images are in a pass through a network.
 *
 * @param images at least 1
 * @param reason why so many
 */
public record BatchSize(int images, Reason reason) {
    /** What a batch's size follows from. */
    public enum Reason {
        /** The settings name it. */
        ASKED,
        /** It was the fastest one. */
        MEASURED,
        /** It is 1, because on this processor an image would have another score at another place of a batch. */
        UNEQUAL_ROWS;

        @Override
        public String toString() {
            return switch (this) {
                case ASKED -> "asked for";
                case MEASURED -> "measured to be the fastest";
                case UNEQUAL_ROWS -> "this processor gives an image other bits at other places of a batch";
            };
        }
    }

    /**
     * The size for a network on this machine. A batch is refused where rows of a product are not equal ({@link Engine#equalRows}).
     *
     * @param asked what the settings name; empty to measure ({@link LevelNetwork#measuredBatch})
     * @param device where the network is
     */
    public static BatchSize of(OptionalInt asked, Device device, LevelNetwork network) {
        return of(asked, network::measuredBatch, () -> device.cuda() || Engine.equalRows());
    }

    static BatchSize of(OptionalInt asked, IntSupplier fastest, BooleanSupplier equalRows) {
        boolean alone = asked.equals(OptionalInt.of(1));
        if (!alone && !equalRows.getAsBoolean()) {
            return new BatchSize(1, Reason.UNEQUAL_ROWS);
        }
        return asked.isPresent()
                ? new BatchSize(asked.getAsInt(), Reason.ASKED)
                : new BatchSize(fastest.getAsInt(), Reason.MEASURED);
    }
}
