package io.github.deqa4j.torch.bench;

import io.github.deqa4j.InvalidSettingException;
import io.github.deqa4j.Version;
import io.github.deqa4j.config.CompactConfig;
import io.github.deqa4j.config.ModelConfig;
import io.github.deqa4j.config.ModelType;
import io.github.deqa4j.image.EncodedImage;
import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.image.codec.ReaderSettings;
import io.github.deqa4j.image.prepare.Pixels;
import io.github.deqa4j.image.reader.ImageReader;
import io.github.deqa4j.score.Precision;
import io.github.deqa4j.torch.bench.BenchmarkReport.Machine;
import io.github.deqa4j.torch.bench.BenchmarkReport.Memory;
import io.github.deqa4j.torch.bench.BenchmarkReport.Model;
import io.github.deqa4j.torch.bench.PassTimes.Pass;
import io.github.deqa4j.torch.load.ModelFiles;
import io.github.deqa4j.torch.network.BatchSize;
import io.github.deqa4j.torch.network.LevelNetwork;
import io.github.deqa4j.torch.network.NetworkArchitecture;
import io.github.deqa4j.torch.network.NetworkSettings;
import io.github.deqa4j.torch.network.PromptedNetwork;
import io.github.deqa4j.torch.nn.Engine;
import io.github.deqa4j.torch.nn.NativeScope;
import io.github.deqa4j.torch.nn.ProcFile;
import io.github.deqa4j.torch.nn.Stage;
import io.github.deqa4j.torch.nn.Tensors;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;

/**
 * Measures a network on this machine's processor: the time of whole passes, from encoded images to logits, and of their stages; the
 * memory; and then, without the network, how fast the machine is.
 */
public final class Benchmark {
    /** Passes before the first that counts. Weights come from the disk, Java compiles the decoders, and the caches fill. */
    static final int WARM_UP_RUNS = 3;

    private final ModelFiles files;
    private final NetworkSettings network;
    private final BenchmarkSettings settings;
    private final Runnable step;
    private final BooleanSupplier stop;

    /**
     * A benchmark, which {@link #run} begins.
     *
     * @param files the model
     * @param network how to load it, on the CPU
     * @param step called after each of {@link #steps}
     * @param stop asked before each step; once it is true no further one is begun
     */
    public Benchmark(
            ModelFiles files,
            NetworkSettings network,
            BenchmarkSettings settings,
            Runnable step,
            BooleanSupplier stop) {
        this.files = files;
        this.network = network;
        this.settings = settings;
        this.step = step;
        this.stop = stop;
    }

    /** Steps of a benchmark: a pass is one, and so is measuring one speed of the machine. */
    public static int steps(BenchmarkSettings settings) {
        return WARM_UP_RUNS + settings.runs() + Precision.values().length + 1;
    }

    /**
     * Loads the network and measures.
     *
     * @return empty if it was stopped before its end
     * @throws io.github.deqa4j.DeqaException if the model cannot be loaded or an image cannot be read
     * @throws InvalidSettingException if a setting does not go with the model, or images that should go together have different sizes
     *     after they are prepared
     */
    public Optional<BenchmarkReport> run() {
        long start = System.nanoTime();
        List<Pass> passes;
        Memory memory;
        double loadMs;
        BatchSize batch;
        NetworkArchitecture architecture = NetworkArchitecture.of(files);
        LevelNetwork loaded = architecture.load(network);
        try (loaded;
                LevelNetwork ready = loaded.prepared()) {
            loadMs = (System.nanoTime() - start) / PassTimes.NANOS_OF_MS;
            batch = BatchSize.of(settings.batch(), network.device(), ready);
            passes = passes(ready, loaded, batch.images());
            memory = Memory.of(ProcFile.read(ProcFile.STATUS));
        }
        return speed().filter(speed -> passes.size() == WARM_UP_RUNS + settings.runs())
                .map(speed -> report(
                        architecture,
                        new PassTimes(passes.subList(WARM_UP_RUNS, passes.size()), batch.images(), speed),
                        speed,
                        batch,
                        loadMs,
                        memory));
    }

    private List<Pass> passes(LevelNetwork ready, LevelNetwork loaded, int batch) {
        ImageReader reader = new ImageReader(ReaderSettings.standard()
                .withApplyExifOrientation(settings.exif())
                .withDeepGray(ready.view().deepGray()));
        List<EncodedImage> images = settings.images().isEmpty() ? List.of(SampleImage.draw()) : settings.images();
        List<Pass> passes = new ArrayList<>();
        for (int i = 0; i < WARM_UP_RUNS + settings.runs() && !stop.getAsBoolean(); i++) {
            int first = i * batch;
            List<EncodedImage> together = IntStream.range(first, first + batch)
                    .mapToObj(image -> images.get(image % images.size()))
                    .toList();
            passes.add(pass(reader, together, ready, loaded));
            step.run();
        }
        return passes;
    }

    private Pass pass(ImageReader reader, List<EncodedImage> batch, LevelNetwork ready, LevelNetwork loaded) {
        StageTimes times = new StageTimes(System::nanoTime);
        long start = System.nanoTime();
        try (NativeScope scope = NativeScope.inference()) {
            times.enter(Stage.DECODE);
            List<RgbImage> images = batch.parallelStream().map(reader::read).toList();
            times.enter(Stage.PREPARE);
            List<Pixels> pixels =
                    images.parallelStream().map(ready.view()::pixels).toList();
            pixels.forEach(one -> requireFit(pixels.get(0), one));
            Tensor input = LevelNetwork.batch(pixels); // (B, 3, H, W)
            times.leave();
            Tensors.toFloats(ready.logits(input, times)); // waits until they are there
            times.leave();
            long nanos = System.nanoTime() - start;
            return new Pass(nanos, times.nanos(), cost(loaded, pixels.get(0)));
        }
    }

    private static void requireFit(Pixels first, Pixels other) {
        if (first.width() != other.width() || first.height() != other.height()) {
            throw new InvalidSettingException(
                    "batch",
                    "images of " + first.width() + "×" + first.height() + " and " + other.width() + "×" + other.height()
                            + " prepared pixels cannot go through the network together; give images of one size or"
                            + " set \"batch\" to 1");
        }
    }

    private NetworkCost cost(LevelNetwork loaded, Pixels pixels) {
        return loaded.choose(
                this::cost,
                compact -> NetworkCost.of(
                        CompactConfig.read(files.config()), pixels.height(), pixels.width(), network.precision()));
    }

    private NetworkCost cost(PromptedNetwork prompted) {
        return NetworkCost.of(
                ModelConfig.read(files.config()),
                prompted.prompt().before().length,
                prompted.prompt().after().length,
                NetworkCost.formats(prompted.block(), network.precision()));
    }

    /** The speed of the machine; empty if the benchmark was stopped. */
    private Optional<MachineSpeed> speed() {
        Map<Precision, Double> peaks = new EnumMap<>(Precision.class);
        for (Precision precision : Precision.values()) {
            if (stop.getAsBoolean()) {
                return Optional.empty();
            }
            MachineSpeed.peak(precision).ifPresent(peak -> peaks.put(precision, peak));
            step.run();
        }
        if (stop.getAsBoolean()) {
            return Optional.empty();
        }
        MachineSpeed speed = new MachineSpeed(peaks, MachineSpeed.readBandwidth());
        step.run();
        return Optional.of(speed);
    }

    private BenchmarkReport report(
            NetworkArchitecture architecture,
            PassTimes times,
            MachineSpeed speed,
            BatchSize batch,
            double loadMs,
            Memory memory) {
        return new BenchmarkReport(
                Version.current(),
                machine(speed),
                model(architecture),
                batch.images(),
                batch.reason().toString(),
                settings.runs(),
                WARM_UP_RUNS,
                Math.max(1, settings.images().size()),
                loadMs,
                times.imagesPerSecond(),
                times.imageMs(),
                times.passMs(),
                times.stages(),
                times.floorMs(),
                times.floorMs() / times.imageMs(),
                memory);
    }

    private static Machine machine(MachineSpeed speed) {
        return new Machine(
                ProcFile.read(ProcFile.PROCESSORS).value("model name").orElseGet(() -> System.getProperty("os.arch")),
                Runtime.getRuntime().availableProcessors(),
                Engine.threads(),
                Runtime.version().toString(),
                speed.flopsPerSecond().get(Precision.FLOAT32),
                speed.flopsPerSecond().get(Precision.BF16),
                speed.flopsPerSecond().get(Precision.INT8),
                speed.readBytesPerSecond());
    }

    private Model model(NetworkArchitecture architecture) {
        return new Model(
                files.title(),
                ModelType.read(files.config()).word(),
                architecture.description().architecture(),
                network.precision().toString(),
                architecture.readsText()
                        ? network.prompt().orElse(network.usualPrompt()).word()
                        : "none");
    }
}
