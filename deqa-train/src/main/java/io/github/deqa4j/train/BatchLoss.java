package io.github.deqa4j.train;

import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.text.TrainingPrompt;
import io.github.deqa4j.torch.distributed.Ranks;
import io.github.deqa4j.torch.loss.Answers;
import io.github.deqa4j.torch.loss.DeqaLoss;
import io.github.deqa4j.torch.loss.Loss;
import io.github.deqa4j.torch.loss.LossMeans;
import io.github.deqa4j.torch.loss.LossMeans.Part;
import io.github.deqa4j.torch.loss.Opinions;
import io.github.deqa4j.torch.loss.Side;
import io.github.deqa4j.torch.model.DeqaModel;
import io.github.deqa4j.torch.nn.Functional;
import io.github.deqa4j.train.data.Draw;
import io.github.deqa4j.train.data.LoadedBatch;
import io.github.deqa4j.train.data.Sample;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.pytorch.Tensor;

/** The loss of a batch, of which this process computes its part: scored pictures, and descriptions beside them. */
final class BatchLoss {
    private final DeqaModel model;
    private final DeqaLoss loss;
    private final int side;
    private final Ranks ranks;

    /**
     * A loss.
     *
     * @param side S, of the network's pictures
     * @param ranks who computes it
     */
    BatchLoss(DeqaModel model, DeqaLoss loss, int side, Ranks ranks) {
        this.model = model;
        this.loss = loss;
        this.side = side;
        this.ranks = ranks;
    }

    /**
     * The loss of all ranks' draws whose pictures are there; at least one. Its gradient is that of this rank's part.
     *
     * @param batch this rank's part, which may be empty
     */
    Loss of(LoadedBatch batch) {
        Tensor device = model.namedParameters().firstEntry().getValue().value();
        return loss.total(means(batch).joined(ranks::sum, device));
    }

    private LossMeans means(LoadedBatch batch) {
        LossMeans means = LossMeans.none();
        List<Draw> scored =
                batch.draws().stream().filter(draw -> !draw.a().description()).toList();
        if (!scored.isEmpty()) {
            means = means.plus(scored(scored, batch.pixels()));
        }
        List<Draw> described =
                batch.draws().stream().filter(draw -> draw.a().description()).toList();
        if (!described.isEmpty()) {
            means = means.plus(described(described, batch.pixels()));
        }
        return means;
    }

    private LossMeans scored(List<Draw> draws, Map<Path, float[]> pixels) {
        Side a = scoredSide(sideA(draws), pixels);
        List<Sample> others = sideB(draws);
        return others.isEmpty() ? loss.singles(a) : loss.pairs(a, scoredSide(others, pixels));
    }

    private LossMeans described(List<Draw> draws, Map<Path, float[]> pixels) {
        LossMeans a = descriptions(Part.TEXT_A, sideA(draws), pixels);
        List<Sample> others = sideB(draws);
        return others.isEmpty() ? a : a.plus(descriptions(Part.TEXT_B, others, pixels));
    }

    private LossMeans descriptions(Part part, List<Sample> samples, Map<Path, float[]> pixels) {
        Answers answers = answers(samples);
        return loss.descriptions(part, logits(samples, answers, pixels), answers);
    }

    private Side scoredSide(List<Sample> samples, Map<Path, float[]> pixels) {
        Answers answers = answers(samples);
        Opinions opinions = Opinions.of(
                samples.stream().map(sample -> sample.label().toArray()).toArray(double[][]::new),
                samples.stream().mapToDouble(Sample::mean).toArray(),
                samples.stream().mapToDouble(Sample::std).toArray());
        return new Side(logits(samples, answers, pixels), answers, opinions);
    }

    private Answers answers(List<Sample> samples) {
        return Answers.of(
                samples.stream().map(Sample::prompt).toList(), model.config().imageTokens());
    }

    private Tensor logits(List<Sample> samples, Answers answers, Map<Path, float[]> pixels) { // (N, V)
        List<TrainingPrompt> prompts = samples.stream().map(Sample::prompt).toList();
        return model.logitsAt(
                stack(samples, pixels),
                prompts.get(0).ids().before(),
                prompts.stream().map(prompt -> prompt.ids().after()).toList(),
                answers.positions());
    }

    private Tensor stack(List<Sample> samples, Map<Path, float[]> pixels) { // (B, 3, S, S)
        int size = RgbImage.CHANNELS * side * side;
        float[] all = new float[Math.multiplyExact(size, samples.size())];
        for (int i = 0; i < samples.size(); i++) {
            float[] one = Objects.requireNonNull(pixels.get(samples.get(i).picture()));
            System.arraycopy(one, 0, all, i * size, size);
        }
        return Functional.tensor(all, samples.size(), RgbImage.CHANNELS, side, side);
    }

    private static List<Sample> sideA(List<Draw> draws) {
        return draws.stream().map(Draw::a).toList();
    }

    private static List<Sample> sideB(List<Draw> draws) {
        return draws.stream().flatMap(draw -> draw.b().stream()).toList();
    }
}
