package io.github.deqa4j.server;

import io.github.deqa4j.InvalidSettingException;
import java.time.Duration;

/**
 * How large a request may be.
 *
 * @param bytes of its body, at least 1 (default 32 MiB)
 * @param images in it, at least 1 (default 64)
 * @param bodyTime how long its body may take to arrive, from 1 ms (default 60 s)
 */
public record RequestLimits(int bytes, int images, Duration bodyTime) {
    private static final int DEFAULT_BYTES = 32 << 20;
    private static final int DEFAULT_IMAGES = 64;
    private static final Duration DEFAULT_TIME = Duration.ofSeconds(60);

    /** @throws InvalidSettingException if a value is out of its range */
    public RequestLimits {
        require("max-bytes", "bytes", bytes);
        require("max-images", "images", images);
        if (bodyTime.toMillis() < 1) {
            throw new InvalidSettingException(
                    "body-time", "bodyTime is " + bodyTime.toMillis() + " ms; it must be at least 1 ms");
        }
    }

    public static RequestLimits defaults() {
        return new RequestLimits(DEFAULT_BYTES, DEFAULT_IMAGES, DEFAULT_TIME);
    }

    public RequestLimits withBytes(int most) {
        return new RequestLimits(most, images, bodyTime);
    }

    public RequestLimits withImages(int most) {
        return new RequestLimits(bytes, most, bodyTime);
    }

    public RequestLimits withBodyTime(Duration longest) {
        return new RequestLimits(bytes, images, longest);
    }

    private static void require(String setting, String name, int value) {
        if (value < 1) {
            throw new InvalidSettingException(setting, name + " is " + value + "; it must be at least 1");
        }
    }
}
