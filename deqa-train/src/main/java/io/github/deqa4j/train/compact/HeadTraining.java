package io.github.deqa4j.train.compact;

import io.github.deqa4j.config.CompactConfig;
import io.github.deqa4j.score.Device;
import io.github.deqa4j.score.Precision;
import io.github.deqa4j.torch.compact.CompactModel;
import io.github.deqa4j.torch.load.ModelFiles;
import io.github.deqa4j.torch.load.ModelLoader;
import io.github.deqa4j.torch.loss.AllPairsBatch;
import io.github.deqa4j.torch.loss.DeqaLoss;
import io.github.deqa4j.torch.loss.LossSettings;
import io.github.deqa4j.torch.nn.AdamW;
import io.github.deqa4j.torch.nn.AdamWSettings;
import io.github.deqa4j.torch.nn.Gradients;
import io.github.deqa4j.torch.nn.NativeScope;
import io.github.deqa4j.torch.nn.RandomStream;
import io.github.deqa4j.torch.nn.Tensors;
import io.github.deqa4j.train.CosineSchedule;
import io.github.deqa4j.train.data.Rating;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;

/**
 * Training of the small network's head while its trunk stays as it is. What the head reads of an image is then always the same, so it is
 * computed once and a head is trained in seconds.
 */
final class HeadTraining {
    private static final int EPOCHS = 60;
    private static final int BATCH = 32;
    private static final double LEARNING_RATE = 3e-4;
    private static final double WEIGHT_DECAY = 0.05;
    private static final double WARMUP = 0.05;

    private final CompactModel model;
    private final DeqaLoss loss = DeqaLoss.ofLevels(LossSettings.allPairs());

    private HeadTraining(CompactModel model) {
        this.model = model;
    }

    /** What the head reads of an image, and how people rated it. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Example(float[] statistics, Rating rating) {}

    /**
     * Trains a head and runs it.
     *
     * @param start the network with the head to start from
     * @param examples to learn from
     * @param others what the head reads of other images
     * @param seed of the order of the examples, and of dropout
     * @return the logits of the other images, excellent to bad
     */
    static float[][] logits(ModelFiles start, List<Example> examples, List<float[]> others, long seed) {
        CompactConfig config = CompactConfig.read(start.config());
        CompactModel network = new CompactModel(config, new RandomStream(seed), Precision.FLOAT32);
        try (CompactModel model = ModelLoader.load(network, start, Precision.FLOAT32, Device.CPU)) {
            model.setTrained(name -> !name.startsWith(CompactModel.TRUNK));
            HeadTraining training = new HeadTraining(model);
            training.train(examples, new Random(seed));
            return others.stream().map(training::logits).toArray(float[][]::new);
        }
    }

    private void train(List<Example> examples, Random random) {
        int batches = (examples.size() + BATCH - 1) / BATCH;
        int steps = EPOCHS * batches;
        CosineSchedule schedule = new CosineSchedule(steps, (int) Math.ceil(WARMUP * steps));
        Gradients gradients = new Gradients(model.trainedParameters());
        List<Example> order = new ArrayList<>(examples);
        try (AdamW adamw =
                new AdamW(model.trainedParameters(), AdamWSettings.released().withWeightDecay(WEIGHT_DECAY))) {
            for (int step = 0; step < steps; step++) {
                int batch = step % batches;
                if (batch == 0) {
                    Collections.shuffle(order, random);
                }
                backward(order.subList(batch * BATCH, Math.min(order.size(), (batch + 1) * BATCH)));
                double rate = LEARNING_RATE * schedule.factor(step);
                adamw.step(name -> rate);
                gradients.clear();
            }
        }
    }

    private void backward(List<Example> batch) {
        try (NativeScope scope = NativeScope.training()) {
            Tensor read = tensor(batch.stream().map(Example::statistics).toList());
            List<Integer> oneSet = Collections.nCopies(batch.size(), 0);
            AllPairsBatch compared = new AllPairsBatch(
                    model.logits(read),
                    Rating.tensors(batch.stream().map(Example::rating).toList()),
                    oneSet);
            Gradients.backward(loss.total(loss.allPairs(compared)).total());
        }
    }

    private float[] logits(float[] statistics) {
        try (NativeScope scope = NativeScope.inference()) {
            return Tensors.toFloats(model.logits(tensor(List.of(statistics)))); // (1, 5)
        }
    }

    private static Tensor tensor(List<float[]> images) { // (B, s)
        int each = images.get(0).length;
        float[] all = new float[Math.multiplyExact(images.size(), each)];
        IntStream.range(0, images.size()).forEach(i -> System.arraycopy(images.get(i), 0, all, i * each, each));
        return Tensors.of(all, images.size(), each);
    }
}
