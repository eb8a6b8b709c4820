package io.github.deqa4j.train;

import io.github.deqa4j.image.prepare.Pixels;
import io.github.deqa4j.text.LevelTokens;
import io.github.deqa4j.text.SentencePieceTokenizer;
import io.github.deqa4j.text.TrainingPrompt;
import io.github.deqa4j.torch.loss.Answers;
import io.github.deqa4j.torch.loss.DeqaLoss;
import io.github.deqa4j.torch.loss.LossMeans;
import io.github.deqa4j.torch.loss.LossMeans.Part;
import io.github.deqa4j.torch.loss.Side;
import io.github.deqa4j.torch.model.DeqaModel;
import io.github.deqa4j.torch.network.LevelNetwork;
import io.github.deqa4j.torch.network.PromptedNetwork;
import io.github.deqa4j.train.config.TrainingConfig;
import io.github.deqa4j.train.data.LoadedBatch;
import io.github.deqa4j.train.data.Rating;
import io.github.deqa4j.train.data.Sample;
import io.github.deqa4j.train.data.SampleReader;
import io.github.deqa4j.train.data.SampleSet;
import io.github.deqa4j.train.data.TrainingItem;
import io.github.deqa4j.train.data.WholeImage;
import java.util.List;
import java.util.function.Consumer;
import org.bytedeco.pytorch.Tensor;

/** Answers in words: the level of images, one by one or in pairs, and descriptions beside them. */
final class AnswerTask implements Task {
    private final DeqaModel model;
    private final SentencePieceTokenizer tokenizer;
    private final TrainingConfig config;
    private final DeqaLoss loss;

    AnswerTask(PromptedNetwork network, TrainingConfig config) {
        this.model = network.model();
        this.config = config;
        tokenizer = network.tokenizer();
        loss = new DeqaLoss(config.loss(), LevelTokens.of(tokenizer).ids());
    }

    @Override
    public List<SampleSet> samples(Consumer<String> warnings) {
        int side = model.config().vision().imageSize();
        return SampleReader.withText(config, new WholeImage((long) side * side), tokenizer, warnings)
                .read();
    }

    @Override
    public DeqaLoss loss() {
        return loss;
    }

    @Override
    public LossMeans means(LoadedBatch batch) {
        LossMeans means = LossMeans.none();
        List<TrainingItem> scored =
                batch.draws().stream().filter(draw -> !draw.a().description()).toList();
        if (!scored.isEmpty()) {
            means = means.plus(scored(scored, batch));
        }
        List<TrainingItem> described =
                batch.draws().stream().filter(draw -> draw.a().description()).toList();
        if (!described.isEmpty()) {
            means = means.plus(described(described, batch));
        }
        return means;
    }

    private LossMeans scored(List<TrainingItem> draws, LoadedBatch batch) {
        Side a = scoredSide(sideA(draws), batch);
        List<Turn> others = sideB(draws);
        return others.isEmpty() ? loss.singles(a) : loss.pairs(a, scoredSide(others, batch));
    }

    private LossMeans described(List<TrainingItem> draws, LoadedBatch batch) {
        LossMeans a = descriptions(Part.DESCRIPTION_A, sideA(draws), batch);
        List<Turn> others = sideB(draws);
        return others.isEmpty() ? a : a.plus(descriptions(Part.DESCRIPTION_B, others, batch));
    }

    private LossMeans descriptions(Part part, List<Turn> turns, LoadedBatch batch) {
        Answers answers = answers(turns);
        return loss.descriptions(part, logits(turns, answers, batch), answers);
    }

    private Side scoredSide(List<Turn> turns, LoadedBatch batch) {
        Answers answers = answers(turns);
        List<Rating> opinions =
                turns.stream().flatMap(turn -> turn.sample().opinion().stream()).toList();
        return new Side(logits(turns, answers, batch), answers, Rating.all(opinions));
    }

    private Answers answers(List<Turn> turns) {
        return Answers.of(prompts(turns), model.config().imageTokens());
    }

    private Tensor logits(List<Turn> turns, Answers answers, LoadedBatch batch) { // (N, V)
        List<TrainingPrompt> prompts = prompts(turns);
        List<Pixels> pixels = turns.stream()
                .map(turn -> batch.shown(turn.draw(), turn.sample()).get(0).pixels())
                .toList();
        return model.logitsAt(
                LevelNetwork.batch(pixels),
                prompts.get(0).ids().before(),
                prompts.stream().map(prompt -> prompt.ids().after()).toList(),
                answers.positions());
    }

    private static List<TrainingPrompt> prompts(List<Turn> turns) {
        return turns.stream().map(turn -> turn.sample().prompt().orElseThrow()).toList();
    }

    private static List<Turn> sideA(List<TrainingItem> draws) {
        return draws.stream().map(draw -> new Turn(draw, draw.a())).toList();
    }

    private static List<Turn> sideB(List<TrainingItem> draws) {
        return draws.stream()
                .flatMap(draw -> draw.b().stream().map(b -> new Turn(draw, b)))
                .toList();
    }

    /** One of a draw's samples. */
    private record Turn(TrainingItem draw, Sample sample) {}
}
