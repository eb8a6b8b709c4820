package internal;

import io.github.deqa4j.torch.nn.Engine;

/** Uses a package that is not exported. */
final class Reach {
    private Reach() {}

    static void reach() {
        Engine.start();
    }
}
