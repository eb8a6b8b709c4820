package io.github.deqa4j.torch.nn;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.score.Device;
import io.github.deqa4j.score.Precision;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** The binding's names of number formats and devices. */
public final class NativeTypes {
    private NativeTypes() {}

    /** The number format of a network's weights; with 8-bit integers, of those that stand in no matrix product. */
    public static ScalarType of(Precision precision) {
        return switch (precision) {
            case FLOAT32, INT8 -> ScalarType.Float;
            case BF16 -> ScalarType.BFloat16;
        };
    }

    /** Bytes of an element. */
    static long bytes(ScalarType format) {
        return torch.elementSize(format);
    }

    static org.bytedeco.pytorch.Device of(Device device) {
        return device.cuda()
                ? new org.bytedeco.pytorch.Device(DeviceType.CUDA, (byte) device.index())
                : new org.bytedeco.pytorch.Device(DeviceType.CPU);
    }

    /**
     * Checks that a device is there.
     *
     * @throws DeqaException if it is a GPU that this machine, or this build of the engine, does not have
     */
    public static void requireAvailable(Device device) {
        int count = device.cuda() ? torch.cuda_device_count() : 0;
        if (device.cuda() && device.index() >= count) {
            throw new DeqaException("the device " + device + " is not available: " + count
                    + " CUDA devices were found. It needs a machine with one and the native libraries for CUDA"
                    + " (deqa-native-<platform>-cuda); otherwise use the device cpu");
        }
    }
}
