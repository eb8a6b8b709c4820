package io.github.deqa4j.torch.quantize;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.checkpoint.ShardWriter;
import io.github.deqa4j.checkpoint.TensorEntry;
import io.github.deqa4j.checkpoint.TensorSource;
import io.github.deqa4j.config.QuantizationConfig;
import io.github.deqa4j.file.AtomicDirectory;
import io.github.deqa4j.file.JsonFile;
import io.github.deqa4j.file.OutputFolder;
import io.github.deqa4j.image.EncodedImage;
import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.image.codec.ReaderSettings;
import io.github.deqa4j.image.prepare.Pixels;
import io.github.deqa4j.image.reader.ImageReader;
import io.github.deqa4j.score.Device;
import io.github.deqa4j.score.Precision;
import io.github.deqa4j.score.Prompt;
import io.github.deqa4j.torch.load.ModelFiles;
import io.github.deqa4j.torch.load.ModelInspector;
import io.github.deqa4j.torch.load.QuantizedTensors;
import io.github.deqa4j.torch.network.LevelNetwork;
import io.github.deqa4j.torch.network.NetworkArchitecture;
import io.github.deqa4j.torch.network.NetworkSettings;
import io.github.deqa4j.torch.nn.Block;
import io.github.deqa4j.torch.nn.NativeScope;
import io.github.deqa4j.torch.nn.QuantizationLoss;
import io.github.deqa4j.torch.nn.RandomStream;
import io.github.deqa4j.torch.quantize.QuantizationReport.LayerLoss;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Makes a copy of a model in which the weights of linear layers are 8-bit integers. Layers that would lose too much are kept, by what
 * they lose on some images.
 */
public final class Quantizer {
    /**
     * Images in a pass of measuring. Each pass quantizes every weight again, because the copies of all together would need half as much
     * memory as the network; more images in a pass would need more memory for what is computed of them.
     */
    private static final int IMAGES_AT_ONCE = 8;

    private final ModelFiles files;
    private final NetworkArchitecture architecture;
    private final QuantizerSettings settings;
    private final Listener listener;

    /** Is told how far the work is. */
    @FunctionalInterface
    public interface Listener {
        /**
         * A part of the work begins.
         *
         * @param unit what its steps are, in the plural
         * @param steps how many there are
         * @return is run after each of them
         */
        Runnable begin(String unit, long steps);
    }

    /**
     * Checks that a model can be quantized.
     *
     * @throws DeqaException if its files are missing or malformed, do not fit each other, are quantized already, or are of a network
     *     that is not computed so
     */
    public Quantizer(ModelFiles files, QuantizerSettings settings, Listener listener) {
        this.files = files;
        this.settings = settings;
        this.listener = listener;
        architecture = NetworkArchitecture.of(files);
        require(
                architecture.usualPrecision() != Precision.INT8,
                "this model is quantized already; name the model that it was made from");
        require(
                !architecture.quantizableLayers().isEmpty(),
                "the small network is not computed in int8; only mPLUG-Owl2 networks can be quantized");
        ModelInspector.requireFit(files, architecture.description());
        architecture.answerFiles(); // the copy needs them
    }

    private void require(boolean condition, String problem) {
        if (!condition) {
            throw new DeqaException(files.title() + ": " + problem);
        }
    }

    /**
     * Measures, quantizes and writes. If this fails, nothing of the directory is left.
     *
     * @param directory where to; it does not exist or is empty
     * @return what was quantized
     * @throws DeqaException if an image or the model cannot be read, or the directory is not empty or cannot be written
     */
    public QuantizationReport write(Path directory) {
        OutputFolder.requireNew(directory);
        QuantizationReport report = measure();
        Block network = architecture.description().block();
        Set<String> quantized = new HashSet<>(architecture.quantizableLayers());
        report.kept().forEach(quantized::remove);
        network.quantize(quantized::contains);
        AtomicDirectory.write(directory.toAbsolutePath().normalize(), folder -> {
            architecture.writeCompanions(folder);
            new QuantizationConfig(notIn(quantized, network)).addTo(folder.resolve(ModelFiles.CONFIG));
            JsonFile.write(folder.resolve(QuantizationReport.FILE), report);
            ShardWriter.write(folder, tensors(network), ShardWriter.SHARD_BYTES);
        });
        return report;
    }

    private static List<String> notIn(Set<String> quantized, Block network) {
        return network.linears().keySet().stream()
                .filter(layer -> !quantized.contains(layer))
                .toList();
    }

    private NavigableMap<String, TensorSource> tensors(Block network) {
        NavigableMap<String, TensorSource> sources = QuantizedTensors.sources(network, files);
        Runnable step = listener.begin("tensors", sources.size());
        sources.replaceAll((name, source) -> source.whenRead(step));
        return sources;
    }

    private QuantizationReport measure() {
        List<LayerLoss> layers = losses().entrySet().stream()
                .map(loss -> layer(loss.getKey(), loss.getValue()))
                .sorted(Comparator.comparing(LayerLoss::meanLoss).reversed().thenComparing(LayerLoss::layer))
                .toList();
        return new QuantizationReport(
                settings.images().stream().map(EncodedImage::name).toList(), settings.largestLoss(), layers);
    }

    private LayerLoss layer(String name, QuantizationLoss.OfLayer loss) {
        return new LayerLoss(name, loss.mean(), loss.worst(), !(loss.mean() <= settings.largestLoss()));
    }

    /** What each layer loses in the network before quantization. */
    private Map<String, QuantizationLoss.OfLayer> losses() {
        List<Supplier<RgbImage>> images = images();
        Set<String> layers = architecture.quantizableLayers();
        int passes = (images.size() + IMAGES_AT_ONCE - 1) / IMAGES_AT_ONCE;
        Runnable step = listener.begin("layers", (long) passes * layers.size());
        try (LevelNetwork network = architecture.load(exactly());
                QuantizationLoss loss = new QuantizationLoss(network.block(), layers::contains, step)) {
            for (int start = 0; start < images.size(); start += IMAGES_AT_ONCE) {
                run(network, images.subList(start, Math.min(images.size(), start + IMAGES_AT_ONCE)));
            }
            return loss.losses();
        }
    }

    private static void run(LevelNetwork network, List<Supplier<RgbImage>> images) {
        List<Pixels> pixels =
                images.stream().map(image -> network.view().pixels(image.get())).toList();
        try (NativeScope scope = NativeScope.inference()) {
            network.logits(LevelNetwork.batch(pixels));
        }
    }

    private List<Supplier<RgbImage>> images() {
        if (settings.images().isEmpty()) {
            return DrawnImages.all();
        }
        ImageReader reader = new ImageReader(
                ReaderSettings.standard().withDeepGray(architecture.view().deepGray()));
        return settings.images().stream()
                .<Supplier<RgbImage>>map(image -> () -> reader.read(image))
                .toList();
    }

    private NetworkSettings exactly() {
        return new NetworkSettings(
                Optional.empty(), Prompt.SCORER, storedPrecision(), Device.CPU, new RandomStream(0)); // draws nothing
    }

    /** That in which the weights are mapped, if there is one. */
    private Precision storedPrecision() {
        String weight = architecture.quantizableLayers().first() + ".weight";
        TensorEntry entry = files.checkpoint().tensors().get(weight);
        return entry != null && entry.dtype().bytes() >= Float.BYTES ? Precision.FLOAT32 : Precision.BF16;
    }
}
