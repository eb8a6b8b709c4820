module example.consumer {
    requires io.github.deqa4j.torch;
}
