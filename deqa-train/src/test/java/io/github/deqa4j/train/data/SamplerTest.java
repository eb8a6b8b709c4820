package io.github.deqa4j.train.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.dataset.LevelValues;
import io.github.deqa4j.testkit.Golden;
import io.github.deqa4j.text.SentencePieceTokenizer;
import io.github.deqa4j.text.TrainingPrompt;
import io.github.deqa4j.train.config.ScheduleSettings;
import io.github.deqa4j.train.data.Sample.DescribedImage;
import io.github.deqa4j.train.data.Sample.PristineImage;
import io.github.deqa4j.train.data.Sample.RatedAnswer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SamplerTest {
    private static final SentencePieceTokenizer TOKENIZER =
            SentencePieceTokenizer.read(Golden.mini().resolve("tokenizer.model"));

    @Test
    void anEpochTakesEverySampleAsOftenAsItsSetWeighs() {
        Sampler sampler = sampler(true, false, set("a", 1, 5), set("b", 3, 4));
        Map<String, Integer> counts = new HashMap<>();
        sampler.epoch(0).forEach(item -> counts.merge(item.a().id(), 1, Integer::sum));
        assertThat(counts).hasSize(9);
        counts.forEach((id, count) -> assertThat(count).as(id).isEqualTo(id.startsWith("a") ? 1 : 3));
    }

    @Test
    void aPartnerIsAnyOtherSampleOfTheSameSet() {
        Sampler sampler = sampler(true, false, set("a", 1, 4), set("b", 1, 3));
        Map<String, Integer> partners = new HashMap<>();
        for (int epoch = 0; epoch < 3000; epoch++) {
            for (TrainingItem item : sampler.epoch(epoch)) {
                Sample b = item.b().orElseThrow();
                assertThat(b.id()).isNotEqualTo(item.a().id());
                assertThat(b.id().charAt(0)).isEqualTo(item.a().id().charAt(0));
                partners.merge(item.a().id() + b.id(), 1, Integer::sum);
            }
        }
        assertThat(partners).hasSize(4 * 3 + 3 * 2);
        partners.forEach((pair, count) -> assertThat(count)
                .as(pair)
                .isBetween(pair.startsWith("a") ? 850 : 1350, pair.startsWith("a") ? 1150 : 1650));
    }

    @Test
    void theOrderFollowsFromSeedAndEpoch() {
        Sampler sampler = sampler(true, false, set("a", 1, 20));
        assertThat(ids(sampler.epoch(3))).isEqualTo(ids(sampler.epoch(3))).isNotEqualTo(ids(sampler.epoch(4)));
        Sampler other = new Sampler(List.of(set("a", 1, 20)), true, false, new ScheduleSettings(3, 0, 2, 2, 0, 0, 6));
        assertThat(ids(other.epoch(3))).isNotEqualTo(ids(sampler.epoch(3)));
    }

    @Test
    void theSamplesOfAnEpochStandInAnOrderOfTheirOwn() {
        Sampler sampler = sampler(false, false, set("a", 1, 20));
        List<String> inTheFile =
                IntStream.range(0, 20).mapToObj(i -> "a" + i + "-").toList();

        assertThat(ids(sampler.epoch(0)))
                .containsExactlyInAnyOrderElementsOf(inTheFile)
                .isNotEqualTo(inTheFile)
                .isNotEqualTo(ids(sampler.epoch(1)));
    }

    @Test
    void anEpochsPartnersAreNotThoseOfTheEpochBeforeMovedAlong() {
        SampleSet set = set("a", 1, 40);
        Sampler sampler = sampler(true, false, set);
        List<String> names = set.samples().stream().map(Sample::id).toList();
        Map<String, String> before = partners(sampler.epoch(0));
        Map<String, String> after = partners(sampler.epoch(1));
        for (int shift = -2; shift <= 2; shift++) {
            int same = 0;
            for (int i = 2; i < names.size() - 2; i++) {
                same += Objects.equals(before.get(names.get(i + shift)), after.get(names.get(i))) ? 1 : 0;
            }
            assertThat(same).as("moved by " + shift).isLessThan(8); // 1 in 39 by chance
        }
    }

    @Test
    void aRunGoesOnInTheMiddleAsItWouldHave() {
        Sampler sampler = sampler(true, false, set("a", 1, 7));
        List<Batch> all = list(sampler, 0);
        assertThat(sampler.stepsPerEpoch()).isEqualTo(2);
        assertThat(sampler.totalSteps()).isEqualTo(6);
        assertThat(all).hasSize(3 * 4);
        assertThat(all.stream().map(Batch::step).distinct()).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(all.stream().map(Batch::endsStep).limit(4)).containsExactly(false, true, false, true);
        assertThat(all.stream().map(Batch::stepItems).limit(4)).containsExactly(4, 4, 3, 3);
        for (int done = 0; done <= 6; done++) {
            assertThat(list(sampler, done).toString())
                    .isEqualTo(all.subList(2 * done, 12).toString());
        }
        assertThat(sampler.epochOf(2)).isZero();
        assertThat(sampler.epochOf(3)).isEqualTo(1);
    }

    @Test
    void textsOfSimilarLengthCanShareABatch() {
        List<Sample> samples = new ArrayList<>(set("a", 1, 40).samples());
        samples.addAll(long40());
        SampleSet mixed = new SampleSet("mixed", 1, samples);
        Sampler grouped = sampler(false, true, mixed);
        List<TrainingItem> items = grouped.epoch(0);
        Set<String> seen = new HashSet<>();
        for (int step = 0; step < items.size(); step += 4) {
            List<TrainingItem> together = items.subList(step, step + 4);
            assertThat(together.stream().map(TrainingItem::tokens).distinct()).hasSize(1);
            together.forEach(item -> seen.add(item.a().id()));
        }
        assertThat(seen).hasSize(80);
    }

    @Test
    void everyItemHasASeedOfItsOwnTheSameInEveryRun() {
        Sampler sampler = sampler(false, false, set("a", 2, 20), set("b", 1, 5));
        List<Long> seeds = new ArrayList<>();
        for (int epoch = 0; epoch < 3; epoch++) {
            for (TrainingItem item : sampler.epoch(epoch)) {
                seeds.add(item.seed());
                assertThat(item.set()).isEqualTo(item.a().id().startsWith("a") ? 0 : 1);
            }
        }
        assertThat(new HashSet<>(seeds)).hasSize(3 * 45);
        assertThat(sampler.epoch(2).get(7).seed()).isEqualTo(seeds.get(2 * 45 + 7));
    }

    @Test
    void theSeedCountsOnlyWhereSomethingIsRandom() {
        Sample whole = sample("whole", "Rate it.");
        Sample piece = new PristineImage("piece", Path.of("piece"), new Crop(2, true));
        TrainingItem item = new TrainingItem(whole, Optional.of(piece), 0, 17);
        assertThat(item.request(whole).seed()).isZero();
        assertThat(item.request(piece).seed()).isEqualTo(17);
    }

    @Test
    void aRunWithoutEndIsRefused() {
        Sampler endless = new Sampler(
                List.of(set("a", 1, 5)), true, false, new ScheduleSettings(Integer.MAX_VALUE, 0, 1, 1, 0, 0, 5));
        assertThatThrownBy(endless::totalSteps)
                .isInstanceOf(DeqaException.class)
                .hasMessage("the run would have 10737418235 steps; make schedule.epochs or schedule.max_steps smaller");
    }

    @Test
    void weightsThatMakeAnEpochTooLargeAreRefused() {
        assertThatThrownBy(() -> sampler(true, false, set("a", 500_000_000, 2), set("b", 1, 3)))
                .isInstanceOf(DeqaException.class)
                .hasMessage("an epoch would have 1000000003 images, each counted as often as the weight of its data set"
                        + " says; make the weights in data.sets and data.ladders.weight smaller");
        assertThat(sampler(true, false, set("a", 500_000_000, 2)).stepsPerEpoch())
                .isEqualTo(250_000_000);
    }

    @Test
    void aStepMayBeLargerThanAnEpoch() {
        Sampler sampler = new Sampler(
                List.of(set("a", 1, 5)), true, false, new ScheduleSettings(3, 0, Integer.MAX_VALUE, 1, 0, 0, 5));
        assertThat(sampler.stepsPerEpoch()).isEqualTo(1);
    }

    @Test
    void aPartnerIsOfTheSameType() {
        List<Sample> samples = new ArrayList<>(set("a", 1, 4).samples());
        for (int i = 0; i < 3; i++) {
            RatedAnswer rated = (RatedAnswer) samples.get(i);
            samples.add(new DescribedImage("text" + i, rated.image(), rated.augmentation(), rated.prompt()));
        }
        for (int epoch = 0; epoch < 20; epoch++) {
            assertThat(sampler(true, false, new SampleSet("mixed", 1, samples)).epoch(epoch))
                    .allSatisfy(item -> assertThat(item.b().orElseThrow()).hasSameClassAs(item.a()));
        }
    }

    @Test
    void aSetOfOneHasNoPairs() {
        assertThatThrownBy(() -> set("lonely", 1, 1).requirePairs())
                .isInstanceOf(DeqaException.class)
                .hasMessage(
                        "lonely: there is only one row of a type, and a pair needs two; add rows, or set data.pairs to"
                                + " false");
    }

    private static Sampler sampler(boolean pairs, boolean grouped, SampleSet... sets) {
        return new Sampler(Arrays.asList(sets), pairs, grouped, new ScheduleSettings(3, 0, 2, 2, 0, 0, 5));
    }

    private static SampleSet set(String name, int weight, int count) {
        return new SampleSet(
                name,
                weight,
                IntStream.range(0, count)
                        .mapToObj(i -> sample(name + i, "Rate it."))
                        .toList());
    }

    private static List<Sample> long40() {
        return IntStream.range(0, 40)
                .mapToObj(i -> sample("long" + i, "Rate the quality of this picture."))
                .toList();
    }

    private static Sample sample(String id, String question) {
        TrainingPrompt prompt = TrainingPrompt.of(TOKENIZER, question, "The quality of the image is good.");
        return new RatedAnswer(
                id, Path.of(id), new WholeImage(1), new Rating(LevelValues.of(0, 1, 0, 0, 0), 4, 0.5), prompt);
    }

    private static List<Batch> list(Sampler sampler, int done) {
        List<Batch> batches = new ArrayList<>();
        sampler.after(done).forEachRemaining(batches::add);
        return batches;
    }

    private static Map<String, String> partners(List<TrainingItem> items) {
        Map<String, String> partners = new HashMap<>();
        items.forEach(item -> partners.put(item.a().id(), item.b().orElseThrow().id()));
        return partners;
    }

    private static List<String> ids(List<TrainingItem> items) {
        return items.stream()
                .map(item -> item.a().id() + "-" + item.b().map(Sample::id).orElse(""))
                .toList();
    }
}
