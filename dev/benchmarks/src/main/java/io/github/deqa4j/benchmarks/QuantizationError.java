package io.github.deqa4j.benchmarks;

import io.github.deqa4j.config.ModelConfig;
import io.github.deqa4j.score.Device;
import io.github.deqa4j.score.Level;
import io.github.deqa4j.score.Precision;
import io.github.deqa4j.text.LevelTokens;
import io.github.deqa4j.text.SentencePieceTokenizer;
import io.github.deqa4j.torch.load.ModelDirectory;
import io.github.deqa4j.torch.load.ModelLoader;
import io.github.deqa4j.torch.model.DeqaModel;
import io.github.deqa4j.torch.nn.Int8;
import io.github.deqa4j.torch.nn.NativeScope;
import io.github.deqa4j.torch.nn.Parameter;
import io.github.deqa4j.torch.nn.Tensors;
import io.github.deqa4j.torch.nn.Weight;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * How far a trained language model is from its float32 results in other precisions: {@code QuantizationError MODEL SAMPLES TOKENS}.
 * MODEL is what {@link TrainedLlama} wrote. The texts are SAMPLES of TOKENS tokens each, drawn from the model in float32, and the
 * stories in {@code stories.txt}.
 *
 * <p>Every token but the first few of a text is taken as the last of a prompt. Its logits of five words give a score from 1 to 5, as
 * those of a scoring network do: of the level words, and of the five words that float32 finds most probable, the most probable as
 * the best. A scoring network answers with the level words, which then are its most probable ones.
 */
public final class QuantizationError {
    private static final long SEED = 131;
    private static final int LEAST_PROMPT = 8; // tokens
    private static final double TEMPERATURE = 0.9;
    private static final int BEGINNING = 1; // of a text
    private static final int[] NONE = {};

    /** The projections of a layer, alone; a regular expression each. */
    private static final List<String> KINDS =
            List.of("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj", "lm_head");

    private final DeqaModel exact;
    private final Predicate<String> decoder = name -> !name.contains("vis"); // the visual parts do not matter to a text
    private final List<int[]> texts = new ArrayList<>();
    private final int[] levels; // token ids of the five levels, excellent to bad

    private QuantizationError(DeqaModel exact, int[] levels) {
        this.exact = exact;
        this.levels = levels;
    }

    public static void main(String[] args) throws IOException {
        ModelDirectory files = ModelDirectory.open(Path.of(args[0]), Optional.empty(), Optional.empty());
        SentencePieceTokenizer tokenizer = SentencePieceTokenizer.read(Path.of(args[0], ModelDirectory.TOKENIZER));
        try (DeqaModel exact = load(files, Precision.FLOAT32)) {
            QuantizationError error =
                    new QuantizationError(exact, LevelTokens.of(tokenizer).ids());
            stories().forEach(story -> error.texts.add(tokenizer.encode(story)));
            for (int i = 0; i < Integer.parseInt(args[1]); i++) {
                error.texts.add(error.sample(Integer.parseInt(args[2]), new Random(SEED + i)));
            }
            System.out.println(tokenizer.decode(error.texts.get(error.texts.size() - 1)));
            error.compareAll(files);
        }
    }

    private static DeqaModel load(ModelDirectory files, Precision precision) {
        return ModelLoader.load(new DeqaModel(ModelConfig.read(files.config())), files, precision, Device.CPU);
    }

    private static List<String> stories() throws IOException {
        try (InputStream in = Objects.requireNonNull(QuantizationError.class.getResourceAsStream("stories.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    private int[] sample(int tokens, Random random) {
        int[] text = {BEGINNING};
        while (text.length < tokens) {
            int[] soFar = text;
            text = Arrays.copyOf(text, text.length + 1);
            try (NativeScope scope = NativeScope.inference()) {
                Tensor last = logits(exact, soFar).select(0, soFar.length - 1L);
                text[soFar.length] = draw(Tensors.toFloats(last), random);
            }
        }
        return text;
    }

    private static int draw(float[] logits, Random random) {
        double[] weights = new double[logits.length];
        double sum = 0;
        for (int i = 2; i < logits.length; i++) { // neither unknown nor a new text
            weights[i] = Math.exp(logits[i] / TEMPERATURE);
            sum += weights[i];
        }
        double left = random.nextDouble() * sum;
        int drawn = 2;
        while (drawn < logits.length - 1 && left >= weights[drawn]) {
            left -= weights[drawn];
            drawn++;
        }
        return drawn;
    }

    /** Next-token logits of a text, (tokens, V). The image follows the text, which therefore does not see it. */
    private static Tensor logits(DeqaModel model, int[] text) {
        int side = model.config().vision().imageSize();
        Tensor pixels = Tensors.of(new float[3 * side * side], 1, 3, side, side);
        return model.forward(pixels, text, NONE).select(0, 0).narrow(0, 0, text.length);
    }

    private void compareAll(ModelDirectory files) {
        int tokens = texts.stream().mapToInt(text -> text.length - 1).sum();
        System.out.printf("%d texts, %d predicted tokens%n", texts.size(), tokens);
        System.out.println(
                "| precision | perplexity | KL mean | greatest | Δlogit rms | greatest | Δscore mean | greatest |"
                        + " Δscore of the most probable words mean | greatest |");
        System.out.println("|---|---|---|---|---|---|---|---|---|---|");
        compare("float32", () -> load(files, Precision.FLOAT32));
        compare("bf16", () -> load(files, Precision.BF16));
        compare("int8", () -> quantized(decoder, Precision.INT8, 1));
        compare("int8, inputs in two terms", () -> quantized(decoder, Precision.INT8, 2));
        compareAllBut("lm_head");
        compareAllBut("lm_head|down_proj");
        compareAllBut("lm_head|down_proj|v_proj");
        for (String kind : KINDS) {
            compareAlone(kind);
        }
        for (int i = 0; i < exact.config().decoder().layers(); i++) {
            compareAlone("layers\\." + i + "\\.");
        }
    }

    private void compareAllBut(String pattern) {
        Predicate<String> layers =
                decoder.and(Pattern.compile(pattern).asPredicate().negate());
        compare("int8, but bf16 in " + pattern, () -> quantized(layers, Precision.INT8, 1));
    }

    private void compareAlone(String pattern) {
        Predicate<String> layers = decoder.and(Pattern.compile(pattern).asPredicate());
        compare("float32, but int8 in " + pattern, () -> quantized(layers, Precision.FLOAT32, 1));
    }

    /**
     * The model with some layers in 8-bit integers.
     *
     * @param others precision of the other weights
     * @param terms how often inputs are quantized
     */
    private DeqaModel quantized(Predicate<String> layers, Precision others, int terms) {
        DeqaModel model = new DeqaModel(exact.config());
        model.quantize(layers);
        model.quantizeInputs(terms);
        Map<String, Parameter> parameters = model.namedParameters();
        exact.namedParameters().forEach((name, source) -> {
            Parameter parameter = Objects.requireNonNull(parameters.get(name));
            Tensor value = source.value();
            if (parameter.quantized()) {
                Int8.Rows rows = Int8.quantize(value);
                parameter.bind(rows.steps());
                Objects.requireNonNull(parameters.get(name + Int8.SCALE)).bind(rows.scale());
            } else {
                parameter.bind(
                        Weight.over(Tensors.toBytes(value), ScalarType.Float, value.shape()), others, Device.CPU);
            }
        });
        return model;
    }

    private void compare(String name, Supplier<DeqaModel> opened) {
        Errors errors = new Errors();
        try (DeqaModel model = opened.get()) {
            for (int[] text : texts) {
                try (NativeScope scope = NativeScope.inference()) {
                    Tensor expected = logits(exact, text).to(ScalarType.Double);
                    errors.add(text, expected, logits(model, text).to(ScalarType.Double));
                }
            }
        }
        errors.print(name);
    }

    /** Differences from float32 over all tokens. */
    private final class Errors {
        private final DoubleSummaryStatistics loss = new DoubleSummaryStatistics();
        private final DoubleSummaryStatistics divergence = new DoubleSummaryStatistics();
        private final DoubleSummaryStatistics squares = new DoubleSummaryStatistics();
        private final DoubleSummaryStatistics ofLevels = new DoubleSummaryStatistics();
        private final DoubleSummaryStatistics ofMostProbable = new DoubleSummaryStatistics();
        private double farthest;

        void add(int[] text, Tensor expected, Tensor found) { // (tokens, V) each
            Tensor p = expected.log_softmax(1);
            Tensor q = found.log_softmax(1);
            accept(p.exp().mul(p.sub(q)).sum(1), divergence);
            Tensor next = Tensors.column(Arrays.copyOfRange(text, 1, text.length), q);
            accept(q.narrow(0, 0, text.length - 1L).gather(1, next).neg().flatten(0, 1), loss);
            Tensor difference = found.sub(expected);
            farthest = Math.max(farthest, difference.abs().max().item_double());
            squares.accept(difference.square().mean().item_double());
            addScores(levelsOf(expected), levelsOf(found), ofLevels);
            Tensor mostProbable = expected.topk(Level.ALL.size()).get1();
            addScores(expected.gather(1, mostProbable), found.gather(1, mostProbable), ofMostProbable);
        }

        void print(String name) {
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %.4f | %.2e | %.2e | %.4f | %.3f | %.4f | %.4f | %.4f | %.4f |%n",
                    name,
                    Math.exp(loss.getAverage()),
                    divergence.getAverage(),
                    divergence.getMax(),
                    Math.sqrt(squares.getAverage()),
                    farthest,
                    ofLevels.getAverage(),
                    ofLevels.getMax(),
                    ofMostProbable.getAverage(),
                    ofMostProbable.getMax());
        }
    }

    private static void accept(Tensor values, DoubleSummaryStatistics statistics) {
        for (double value : Tensors.toDoubles(values)) {
            statistics.accept(value);
        }
    }

    private Tensor levelsOf(Tensor logits) { // (tokens, V) → (tokens, 5)
        return logits.index_select(1, Tensors.indices(levels, logits));
    }

    private static void addScores(Tensor expected, Tensor found, DoubleSummaryStatistics differences) {
        double[] a = scores(expected);
        double[] b = scores(found);
        for (int i = LEAST_PROMPT; i < a.length; i++) {
            differences.accept(Math.abs(a[i] - b[i]));
        }
    }

    private static double[] scores(Tensor logits) { // (tokens, 5)
        double[] values = Level.ALL.stream().mapToDouble(Level::value).toArray();
        return Tensors.toDoubles(logits.softmax(1).matmul(Tensors.doubles(values)));
    }
}
