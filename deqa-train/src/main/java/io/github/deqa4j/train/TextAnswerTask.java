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
import io.github.deqa4j.train.data.Sample.DescribedImage;
import io.github.deqa4j.train.data.Sample.RatedAnswer;
import io.github.deqa4j.train.data.SampleReader;
import io.github.deqa4j.train.data.SampleSet;
import io.github.deqa4j.train.data.TrainingItem;
import io.github.deqa4j.train.data.WholeImage;
import java.util.List;
import java.util.function.Consumer;
import org.bytedeco.pytorch.Tensor;

/** Training of a network that answers in words: with the level of an image, or with a description of it. */
final class TextAnswerTask implements Task {
    private final DeqaModel model;
    private final SentencePieceTokenizer tokenizer;
    private final TrainingConfig config;
    private final DeqaLoss loss;

    TextAnswerTask(PromptedNetwork network, TrainingConfig config) {
        this.model = network.model();
        this.config = config;
        tokenizer = network.tokenizer();
        loss = new DeqaLoss(config.loss(), LevelTokens.of(tokenizer).ids());
    }

    /** One sample of an item: side A of a batch has all first samples, side B all second ones. */
    private record Entry<S extends Sample.WithText>(TrainingItem item, S sample) {}

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
        return ratedMeans(batch).plus(descriptionMeans(batch));
    }

    private LossMeans ratedMeans(LoadedBatch batch) {
        List<Entry<RatedAnswer>> first = sideA(batch, RatedAnswer.class);
        if (first.isEmpty()) {
            return LossMeans.none();
        }
        Side a = ratedSide(first, batch);
        List<Entry<RatedAnswer>> second = sideB(batch, RatedAnswer.class);
        return second.isEmpty() ? loss.singles(a) : loss.pairs(a, ratedSide(second, batch));
    }

    private LossMeans descriptionMeans(LoadedBatch batch) {
        List<Entry<DescribedImage>> first = sideA(batch, DescribedImage.class);
        if (first.isEmpty()) {
            return LossMeans.none();
        }
        LossMeans a = descriptionMeans(Part.DESCRIPTION_A, first, batch);
        List<Entry<DescribedImage>> second = sideB(batch, DescribedImage.class);
        return second.isEmpty() ? a : a.plus(descriptionMeans(Part.DESCRIPTION_B, second, batch));
    }

    private LossMeans descriptionMeans(Part part, List<Entry<DescribedImage>> entries, LoadedBatch batch) {
        Answers answers = answers(entries);
        return loss.descriptions(part, logits(entries, answers, batch), answers);
    }

    private Side ratedSide(List<Entry<RatedAnswer>> entries, LoadedBatch batch) {
        Answers answers = answers(entries);
        List<Rating> ratings =
                entries.stream().map(entry -> entry.sample().rating()).toList();
        return new Side(logits(entries, answers, batch), answers, Rating.tensors(ratings));
    }

    private <S extends Sample.WithText> Answers answers(List<Entry<S>> entries) {
        return Answers.of(prompts(entries), model.config().imageTokens());
    }

    private <S extends Sample.WithText> Tensor logits( // (N, V)
            List<Entry<S>> entries, Answers answers, LoadedBatch batch) {
        List<TrainingPrompt> prompts = prompts(entries);
        List<Pixels> pixels = entries.stream()
                .map(entry -> batch.inputs(entry.item(), entry.sample()).get(0).image())
                .toList();
        return model.logitsAt(
                LevelNetwork.batch(pixels),
                prompts.get(0).ids().before(),
                prompts.stream().map(prompt -> prompt.ids().after()).toList(),
                answers.positions());
    }

    private static <S extends Sample.WithText> List<TrainingPrompt> prompts(List<Entry<S>> entries) {
        return entries.stream().map(entry -> entry.sample().prompt()).toList();
    }

    private static <S extends Sample.WithText> List<Entry<S>> sideA(LoadedBatch batch, Class<S> type) {
        return batch.items().stream()
                .filter(item -> type.isInstance(item.a()))
                .map(item -> new Entry<>(item, type.cast(item.a())))
                .toList();
    }

    private static <S extends Sample.WithText> List<Entry<S>> sideB(LoadedBatch batch, Class<S> type) {
        return batch.items().stream()
                .flatMap(item ->
                        item.b().stream().filter(type::isInstance).map(sample -> new Entry<>(item, type.cast(sample))))
                .toList();
    }
}
