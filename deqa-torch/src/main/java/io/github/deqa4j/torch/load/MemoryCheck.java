package io.github.deqa4j.torch.load;

import com.sun.management.OperatingSystemMXBean;
import io.github.deqa4j.DeqaException;
import io.github.deqa4j.score.Device;
import io.github.deqa4j.score.Precision;
import io.github.deqa4j.torch.nn.Parameter;
import java.lang.management.ManagementFactory;
import java.util.Collection;
import java.util.Locale;

/** Refuses a network that the machine's memory cannot hold, before the machine starts to swap. */
final class MemoryCheck {
    private static final double GIB = 1L << 30;

    private MemoryCheck() {}

    static void require(String model, Collection<Parameter> parameters, Precision precision, Device device) {
        long needed = parameters.stream()
                .mapToLong(parameter -> parameter.elements() * parameter.bytes(precision))
                .sum();
        long there =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
        if (!device.cuda() && needed > there) {
            throw new DeqaException(String.format(
                    Locale.ROOT,
                    "%s: the weights take %.1f GiB in %s, and this machine has %.1f GiB of memory; %s",
                    model,
                    needed / GIB,
                    precision,
                    there / GIB,
                    remedy(precision)));
        }
    }

    private static String remedy(Precision precision) {
        return switch (precision) {
            case FLOAT32 -> "set \"precision\" to bf16 or int8";
            case BF16 -> "set \"precision\" to int8";
            case INT8 -> "a larger machine is needed";
        };
    }
}
