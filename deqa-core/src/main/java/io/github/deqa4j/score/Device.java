package io.github.deqa4j.score;

import io.github.deqa4j.InvalidSettingException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a network computes.
 *
 * @param cuda whether it is a GPU rather than the CPU
 * @param index which GPU, from 0; 0 for the CPU
 */
public record Device(boolean cuda, int index) {
    /** The processor. */
    public static final Device CPU = new Device(false, 0);

    private static final int MAX_INDEX = Byte.MAX_VALUE;
    private static final Pattern CUDA = Pattern.compile("cuda(?::(\\d{1,3}))?");

    /** Checks the index. */
    public Device {
        if (index < 0 || index > MAX_INDEX || (!cuda && index != 0)) {
            throw new InvalidSettingException(
                    "device", "there is no device number " + index + "; use cpu, cuda:0, cuda:1, …");
        }
    }

    /**
     * The device of a name: {@code cpu}, {@code cuda} (the first GPU) or {@code cuda:N}.
     *
     * @throws InvalidSettingException if the name has another form
     */
    public static Device parse(String name) {
        if (name.equals("cpu")) {
            return CPU;
        }
        Matcher match = CUDA.matcher(name);
        if (!match.matches()) {
            throw new InvalidSettingException("device", "the device \"" + name + "\" is unknown; use cpu or cuda:N");
        }
        return new Device(true, match.group(1) == null ? 0 : Integer.parseInt(match.group(1)));
    }

    @Override
    public String toString() {
        return cuda ? "cuda:" + index : "cpu";
    }
}
