package io.github.deqa4j.train.verify;

import io.github.deqa4j.checkpoint.TensorEntry;
import io.github.deqa4j.config.ModelConfig;
import io.github.deqa4j.score.Device;
import io.github.deqa4j.score.Precision;
import io.github.deqa4j.text.TrainingPrompt;
import io.github.deqa4j.torch.load.ModelDirectory;
import io.github.deqa4j.torch.load.ModelLoader;
import io.github.deqa4j.torch.loss.Answers;
import io.github.deqa4j.torch.loss.DeqaLoss;
import io.github.deqa4j.torch.loss.LevelPrediction;
import io.github.deqa4j.torch.loss.Loss;
import io.github.deqa4j.torch.loss.LossPart;
import io.github.deqa4j.torch.loss.LossParts;
import io.github.deqa4j.torch.loss.LossSettings;
import io.github.deqa4j.torch.loss.Side;
import io.github.deqa4j.torch.model.DeqaModel;
import io.github.deqa4j.torch.nn.AdamW;
import io.github.deqa4j.torch.nn.AdamWSettings;
import io.github.deqa4j.torch.nn.Gradients;
import io.github.deqa4j.torch.nn.NativeScope;
import io.github.deqa4j.torch.nn.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;

/** A model in float32 on the CPU, and the batch of pairs that the code of the authors was run on. */
final class GoldenTraining implements AutoCloseable {
    private final DeqaModel model;
    private final TrainingRows rows;
    private final int[] levels;
    private final TensorEntry images; // (rows, 3, S, S)

    GoldenTraining(GoldenFile golden, ModelDirectory files, TrainingRows rows, int[] levels) {
        this.rows = rows;
        this.levels = levels;
        images = golden.tensor("pixel_values");
        model = ModelLoader.load(new DeqaModel(ModelConfig.read(files.config())), files, Precision.FLOAT32, Device.CPU);
        model.setTrained(name -> true);
    }

    DeqaModel model() {
        return model;
    }

    /** A loss and what follows from it. */
    record Answer(
            LossParts parts,
            List<Double> scoresA,
            List<Double> scoresB,
            List<Double> stdsA,
            List<Double> stdsB,
            NavigableMap<String, Double> norms) {}

    Answer answer(LossSettings settings) {
        Gradients gradients = new Gradients(model.trainedParameters());
        try (NativeScope scope = NativeScope.training()) {
            Side a = side(0);
            Side b = side(1);
            DeqaLoss deqa = new DeqaLoss(settings, levels);
            Loss loss = deqa.total(deqa.pairs(a, b));
            Gradients.backward(loss.total());
            LevelPrediction ofA = a.prediction(levels);
            LevelPrediction ofB = b.prediction(levels);
            boolean closed = settings.closedSet();
            return new Answer(
                    loss.parts(),
                    doubles(ofA.score(closed)),
                    doubles(ofB.score(closed)),
                    doubles(ofA.variance(closed).sqrt()),
                    doubles(ofB.variance(closed).sqrt()),
                    gradients.norms());
        } finally {
            gradients.clear();
        }
    }

    /** The total before each of several steps of AdamW; changes the weights. */
    List<Double> steps(LossSettings settings, double learningRate, int count) {
        Gradients gradients = new Gradients(model.trainedParameters());
        List<Double> totals = new ArrayList<>();
        try (AdamW adamW = new AdamW(model.trainedParameters(), AdamWSettings.released())) {
            for (int i = 0; i < count; i++) {
                try (NativeScope scope = NativeScope.training()) {
                    DeqaLoss deqa = new DeqaLoss(settings, levels);
                    Loss loss = deqa.total(deqa.pairs(side(0), side(1)));
                    totals.add(loss.parts().of(LossPart.TOTAL));
                    Gradients.backward(loss.total());
                }
                adamW.step(name -> learningRate);
                gradients.clear();
            }
        }
        return totals;
    }

    @Override
    public void close() {
        model.close();
    }

    private Side side(int side) {
        int[] indices = rows.side(side);
        List<TrainingPrompt> prompts = rows.prompts(indices);
        Answers answers = Answers.of(prompts, model.config().imageTokens());
        Tensor all = Tensors.of(images.toFloats(), images.shape());
        Tensor pixels = all.index_select(0, Tensors.indices(indices, all));
        Tensor logits = model.logitsAt(
                pixels,
                prompts.get(0).ids().before(),
                prompts.stream().map(prompt -> prompt.ids().after()).toList(),
                answers.positions());
        return new Side(logits, answers, rows.ratings(indices));
    }

    private static List<Double> doubles(Tensor x) {
        float[] floats = Tensors.toFloats(x.detach());
        return IntStream.range(0, floats.length)
                .mapToObj(i -> (double) floats[i])
                .toList();
    }
}
