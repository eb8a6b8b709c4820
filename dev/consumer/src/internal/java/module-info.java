/** Does not compile: {@code dev/consumer/run} expects that. */
module internal {
    requires io.github.deqa4j.torch;
}
