package io.github.deqa4j.benchmarks;

import io.github.deqa4j.config.ModelConfig;
import io.github.deqa4j.torch.model.DeqaModel;
import io.github.deqa4j.torch.nn.Engine;
import io.github.deqa4j.torch.nn.Gradients;
import io.github.deqa4j.torch.nn.NativeScope;
import io.github.deqa4j.torch.nn.RandomStream;
import io.github.deqa4j.torch.nn.Recomputation;
import io.github.deqa4j.torch.nn.Tensors;
import io.github.deqa4j.torch.nn.Weight;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;

/**
 * Peak memory, time and gradient norm of training passes of a random network of the shape of a {@code config.json}, with its layers' results
 * kept or computed again: {@code TrainingMemory CONFIG kept|recomputed ROWS PASSES}.
 */
public final class TrainingMemory {
    private static final double NANOS = 1e9;
    private static final double BOUND = 0.03;
    private static final int PROMPT = 40;

    private TrainingMemory() {}

    public static void main(String[] args) throws IOException {
        Engine.start();
        ModelConfig config = ModelConfig.read(Path.of(args[0]));
        RandomStream random = new RandomStream(131);
        try (DeqaModel model = new DeqaModel(config)) {
            model.namedParameters()
                    .values()
                    .forEach(parameter -> parameter.bind(
                            parameter.optional()
                                    ? parameter.compute()
                                    : Weight.uniform(BOUND, random.next(), parameter.shape())));
            model.setTrained(name -> true);
            model.recompute(args[1].equals("recomputed") ? new Recomputation(random) : null);
            printMemory("before");
            Gradients gradients = new Gradients(model.trainedParameters());
            for (int i = 0; i < Integer.parseInt(args[3]); i++) {
                gradients.clear();
                long start = System.nanoTime();
                pass(model, Integer.parseInt(args[2]));
                System.out.printf(
                        Locale.ROOT,
                        "%s: %.2f s, gradient norm %.7f%n",
                        args[1],
                        (System.nanoTime() - start) / NANOS,
                        gradients.norm());
            }
        }
        printMemory("after");
    }

    private static void pass(DeqaModel model, int rows) {
        int side = model.config().vision().imageSize();
        int[] ids = new int[PROMPT];
        Arrays.fill(ids, 3);
        try (NativeScope scope = NativeScope.training()) {
            Tensor pixels = Tensors.of(new float[rows * 3 * side * side], rows, 3, side, side);
            Tensor logits = model.forward(pixels, ids, Collections.nCopies(rows, ids));
            Gradients.backward(logits.logsumexp(new long[] {2}, false).mean());
        }
    }

    private static void printMemory(String when) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            lines.filter(line -> line.startsWith("VmHWM")).forEach(line -> System.out.println(when + " " + line));
        }
    }
}
