package io.github.deqa4j.torch;

import io.github.deqa4j.InvalidSettingException;
import io.github.deqa4j.ModelLoadException;
import io.github.deqa4j.ScorerClosedException;
import io.github.deqa4j.ScoringException;
import io.github.deqa4j.image.EncodedImage;
import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.image.codec.ReaderSettings;
import io.github.deqa4j.image.prepare.ImageView;
import io.github.deqa4j.image.prepare.InputSize;
import io.github.deqa4j.image.prepare.Pixels;
import io.github.deqa4j.image.reader.ImageReader;
import io.github.deqa4j.image.tile.TileArea;
import io.github.deqa4j.image.tile.TileSelection;
import io.github.deqa4j.reliability.Familiarity;
import io.github.deqa4j.reliability.FaultFile;
import io.github.deqa4j.reliability.PixelUnfamiliarity;
import io.github.deqa4j.reliability.ReliabilityFile;
import io.github.deqa4j.score.DetailScore;
import io.github.deqa4j.score.DetailSettings;
import io.github.deqa4j.score.Level;
import io.github.deqa4j.score.LevelLogits;
import io.github.deqa4j.score.MappedScore;
import io.github.deqa4j.score.ModelInfo;
import io.github.deqa4j.score.PreparedImage;
import io.github.deqa4j.score.QualityMap;
import io.github.deqa4j.score.QualityScore;
import io.github.deqa4j.score.Reliability;
import io.github.deqa4j.score.Scorer;
import io.github.deqa4j.score.Tile;
import io.github.deqa4j.torch.load.ModelFiles;
import io.github.deqa4j.torch.load.ModelLoader;
import io.github.deqa4j.torch.network.BatchSize;
import io.github.deqa4j.torch.network.LevelNetwork;
import io.github.deqa4j.torch.network.LevelNetwork.LevelAnswer;
import io.github.deqa4j.torch.network.NetworkArchitecture;
import io.github.deqa4j.torch.network.NetworkSettings;
import io.github.deqa4j.torch.network.WindowNetwork;
import io.github.deqa4j.torch.network.WindowNetwork.WindowLogits;
import io.github.deqa4j.torch.nn.Engine;
import io.github.deqa4j.torch.nn.NativeScope;
import io.github.deqa4j.torch.nn.RandomStream;
import io.github.deqa4j.torch.nn.Tensors;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Scores images with any {@link LevelNetwork}: a checkpoint of DeQA-Score or Q-Align, one of your own, or a small one. The
 * network's five level logits become probabilities (DeQA-Score, section 3).
 *
 * <p>A pass has images that the network sees in one size, always as many as the batch says: which kernels compute them, and
 * in which order they add, depends on the shape. An incomplete group is therefore filled with copies of its last image, whose scores
 * are dropped.
 */
final class TorchScorer implements Scorer {
    private static final int PREPARED_AT_ONCE = 8;

    private final LevelNetwork network;
    private final ModelFiles files;
    private final ScorerSettings settings;
    private final int batch;
    private final Optional<ReliabilityFile> reliability;
    private final Optional<FaultFile> faults;
    private final ImageReader reader;
    private final Semaphore passes;
    private final Map<Path, String> opened;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private volatile boolean closed;
    private @Nullable ModelInfo info;

    TorchScorer(
            LevelNetwork network,
            ModelFiles files,
            ScorerSettings settings,
            int batch,
            Optional<ReliabilityFile> reliability,
            Optional<FaultFile> faults) {
        this.network = network;
        this.files = files;
        this.settings = settings;
        this.batch = batch;
        this.reliability = reliability;
        this.faults = faults;
        this.reader = new ImageReader(ReaderSettings.standard()
                        .withMaxPixels(settings.maxPixels())
                        .withApplyExifOrientation(settings.exif())
                        .withDeepGray(network.view().deepGray()))
                .withWarnings(settings.warnings());
        this.opened = ModelIdentity.fileStates(files);
        this.passes = new Semaphore(settings.maxPasses(), true);
    }

    static TorchScorer open(ModelFiles files, ScorerSettings settings) {
        NetworkArchitecture architecture = NetworkArchitecture.of(files);
        NetworkSettings network = new NetworkSettings(
                settings.prompt(),
                settings.promptOrDefault(),
                settings.precision().orElse(architecture.usualPrecision()),
                settings.device(),
                new RandomStream(0)); // scoring draws nothing from it
        if (settings.batch().isEmpty() && settings.device().cuda()) {
            throw new InvalidSettingException(
                    "batch", "the fastest batch is measured on the CPU only; set batch to a number on a GPU");
        }
        settings.threads().ifPresent(Engine::setThreads);
        Optional<ReliabilityFile> reliability = architecture.reliability();
        Optional<FaultFile> faults = architecture.faults();
        LevelNetwork ready = architecture.load(network);
        try {
            ready = ready.prepared();
            BatchSize batch = BatchSize.of(settings.batch(), settings.device(), ready);
            return new TorchScorer(ready, files, settings, batch.images(), reliability, faults);
        } catch (RuntimeException | Error e) {
            ready.close();
            throw e;
        }
    }

    @Override
    public RgbImage decode(EncodedImage image) {
        requireOpen();
        return reader.read(image);
    }

    @Override
    public RgbImage decode(BufferedImage image) {
        requireOpen();
        return reader.convert(image);
    }

    @Override
    public int batch() {
        return batch;
    }

    @Override
    public PreparedImage prepare(RgbImage image) {
        requireOpen();
        return new Input(image, network.view(), network.view().pixels(image));
    }

    @Override
    public List<QualityScore> scoreAll(List<RgbImage> images) {
        return scorePrepared(unprepared(images));
    }

    @Override
    public List<QualityScore> scorePrepared(List<PreparedImage> images) {
        return scored(images, this::whole);
    }

    private static List<PreparedImage> unprepared(List<RgbImage> images) {
        return images.stream().<PreparedImage>map(image -> () -> image).toList();
    }

    /** What is told of a score, from the statistics that the network's head reads. */
    private interface Telling {
        QualityScore of(QualityScore score, double[] logarithms, RgbImage image);
    }

    private List<QualityScore> scored(List<PreparedImage> images, Telling telling) {
        requireOpen();
        List<InputSize> sizes =
                images.stream().map(one -> network.view().size(one.image())).toList();
        List<List<Integer>> groups = EqualSizes.groups(sizes, batch);
        int preparedAtOnce = Math.max(1, PREPARED_AT_ONCE / batch);
        QualityScore[] scores = new QualityScore[images.size()];
        for (int start = 0; start < groups.size(); start += preparedAtOnce) {
            score(images, groups.subList(start, Math.min(groups.size(), start + preparedAtOnce)), telling, scores);
        }
        return List.of(scores);
    }

    /** Scores some groups of images; their inputs are in memory together. */
    private void score(List<PreparedImage> images, List<List<Integer>> groups, Telling telling, QualityScore[] scores) {
        List<List<Pixels>> inputs = groups.parallelStream()
                .map(group -> group.parallelStream()
                        .map(i -> Input.of(images.get(i), network.view()))
                        .toList())
                .toList();
        for (int g = 0; g < groups.size(); g++) {
            List<Integer> group = groups.get(g);
            List<Pixels> together = inputs.get(g);
            List<RgbImage> scoredImages =
                    group.stream().map(i -> images.get(i).image()).toList();
            List<QualityScore> scored = pass(() -> told(network.answer(batch(together)), scoredImages, telling));
            for (int i = 0; i < group.size(); i++) {
                scores[group.get(i)] = scored.get(i);
            }
        }
    }

    /** A batch of inputs, filled up with copies of the last one: (B, 3, H, W). */
    private Tensor batch(List<Pixels> inputs) {
        List<Pixels> all = new ArrayList<>(inputs);
        while (all.size() < batch) {
            all.add(inputs.get(inputs.size() - 1));
        }
        return LevelNetwork.batch(all);
    }

    /** An image and the network's input for it. */
    private record Input(RgbImage image, ImageView view, Pixels pixels) implements PreparedImage {
        static Pixels of(PreparedImage prepared, ImageView view) {
            return prepared instanceof Input input && input.view == view ? input.pixels : view.pixels(prepared.image());
        }
    }

    @Override
    public boolean supportsMaps() {
        return network.windows().isPresent();
    }

    @Override
    public MappedScore scoreWithMap(RgbImage image) {
        requireOpen();
        WindowNetwork windows = network.windows()
                .orElseThrow(() -> new InvalidSettingException(
                        files.title() + ": this model scores images only as a whole; open a small network for maps"));
        Pixels pixels = network.view().pixels(image);
        return pass(() -> {
            WindowLogits logits = windows.logits(image, batch(List.of(pixels)));
            Tensor first = logits.windows().select(0, 0); // (rows, columns, 5)
            return new MappedScore(
                    told(logits.whole(), List.of(image), this::whole).get(0),
                    new QualityMap(image.width(), image.height(), logits.columns(), logits.rows(), scores(first)));
        });
    }

    @Override
    public boolean supportsDetail() {
        return network.view().ownScaleSide().isPresent();
    }

    @Override
    public boolean keepsScale(RgbImage image) {
        return network.view().keepsScale(image);
    }

    @Override
    public DetailScore scoreDetail(RgbImage image, DetailSettings detail) {
        requireOpen();
        int side = network.view()
                .ownScaleSide()
                .orElseThrow(() -> new InvalidSettingException(
                        "view",
                        files.title()
                                + ": this model resizes every image to one size and cannot see it at its own scale;"
                                + " set the view to whole or open a small network"));
        if (keepsScale(image)) {
            return DetailScore.ofWhole(image, score(image));
        }
        TileSelection tiles = TileSelection.of(image, side, detail.tiles(), detail.seed());
        int together = Math.max(1, PREPARED_AT_ONCE / batch) * batch;
        List<Tile> scored = new ArrayList<>();
        for (int start = 0; start < tiles.areas().size(); start += together) {
            List<TileArea> areas =
                    tiles.areas().subList(start, Math.min(tiles.areas().size(), start + together));
            List<RgbImage> parts = areas.stream().map(area -> area.cut(image)).toList();
            Iterator<QualityScore> scores =
                    scored(unprepared(parts), this::part).iterator();
            areas.forEach(area -> scored.add(new Tile(area.x(), area.y(), area.width(), area.height(), scores.next())));
        }
        return DetailScore.of(scored, tiles.places(), tiles.flat());
    }

    @Override
    public boolean namesFaults() {
        return faults.isPresent();
    }

    @Override
    public synchronized ModelInfo model() {
        ModelInfo known = info;
        if (known == null) {
            if (!ModelIdentity.fileStates(files).equals(opened)) {
                throw new ModelLoadException(
                        files.title() + ": files of this model have changed since it was opened; open it again");
            }
            known = Scorers.loading(() -> ModelIdentity.of(files, settings, size -> {}));
            info = known;
        }
        return known;
    }

    @Override
    public void close() {
        lock.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                network.close();
            }
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** A pass through the network; it waits while as many as the settings allow are on their way. */
    private <T> T pass(Supplier<T> work) {
        passes.acquireUninterruptibly();
        try {
            return openPass(work);
        } finally {
            passes.release();
        }
    }

    private <T> T openPass(Supplier<T> work) {
        lock.readLock().lock();
        try (NativeScope scope = NativeScope.inference()) {
            requireOpen();
            return work.get();
        } finally {
            lock.readLock().unlock();
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new ScorerClosedException(files.title() + ": this scorer is closed");
        }
    }

    /** Scores with what the model tells of them; the rest of a batch is dropped. */
    private List<QualityScore> told(LevelAnswer answer, List<RgbImage> images, Telling telling) {
        List<QualityScore> scores = scores(answer.logits()).subList(0, images.size());
        if ((reliability.isEmpty() && faults.isEmpty()) || answer.statistics().isEmpty()) {
            return scores;
        }
        float[] statistics = Tensors.toFloats(answer.statistics().get()); // (B, s)
        requireFinite(statistics);
        int each = statistics.length / batch;
        List<QualityScore> told = new ArrayList<>(images.size());
        for (int i = 0; i < images.size(); i++) {
            float[] own = Arrays.copyOfRange(statistics, i * each, (i + 1) * each);
            told.add(telling.of(scores.get(i), Familiarity.logarithms(own), images.get(i)));
        }
        return told;
    }

    /** The faults were learned from photographs, so none is named in what is unlike them. */
    private QualityScore whole(QualityScore score, double[] logarithms, RgbImage image) {
        double seen = network.view().share(image);
        QualityScore reliable = reliability
                .map(file -> score.withReliability(file.of(score.score(), logarithms, image, seen)))
                .orElse(score);
        return reliable.reliability().filter(Reliability::unfamiliar).isPresent()
                ? reliable
                : withFaults(reliable, logarithms, seen);
    }

    /** A tile with strong faults is far from photographs, too, so that only one that is drawn has no faults. */
    private QualityScore part(QualityScore score, double[] logarithms, RgbImage image) {
        double seen = network.view().share(image);
        return PixelUnfamiliarity.of(image, seen).least() > 1 ? score : withFaults(score, logarithms, seen);
    }

    private QualityScore withFaults(QualityScore score, double[] logarithms, double seen) {
        return faults.map(file -> score.withFaults(file.of(logarithms, seen))).orElse(score);
    }

    private List<QualityScore> scores(Tensor x) { // (…, 5)
        float[] logits = Tensors.toFloats(x);
        requireFinite(logits);
        int levels = Level.ALL.size();
        List<QualityScore> scores = new ArrayList<>(logits.length / levels);
        for (int start = 0; start < logits.length; start += levels) {
            scores.add(new QualityScore(new LevelLogits(
                    logits[start], logits[start + 1], logits[start + 2], logits[start + 3], logits[start + 4])));
        }
        return scores;
    }

    private void requireFinite(float[] answer) {
        for (float number : answer) {
            if (!Float.isFinite(number)) {
                ModelLoader.requireFinite(network.block(), files);
                throw new ScoringException(
                        "the network's answer to the image is not a finite number, although all its weights"
                                + " are: they are too large to compute with, and this model cannot score it");
            }
        }
    }
}
