package io.github.deqa4j.torch.network;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.InvalidSettingException;
import io.github.deqa4j.config.AbstractorConfig;
import io.github.deqa4j.config.ConfigNode;
import io.github.deqa4j.config.DecoderConfig;
import io.github.deqa4j.config.ModelConfig;
import io.github.deqa4j.config.QuantizationConfig;
import io.github.deqa4j.config.VisionConfig;
import io.github.deqa4j.file.Excerpt;
import io.github.deqa4j.image.prepare.ImageView;
import io.github.deqa4j.image.prepare.PreprocessorConfig;
import io.github.deqa4j.image.prepare.SquareView;
import io.github.deqa4j.score.Device;
import io.github.deqa4j.score.Precision;
import io.github.deqa4j.text.LevelTokens;
import io.github.deqa4j.text.SentencePieceTokenizer;
import io.github.deqa4j.text.TokenIds;
import io.github.deqa4j.torch.load.ModelDirectory;
import io.github.deqa4j.torch.load.ModelFile;
import io.github.deqa4j.torch.load.ModelFiles;
import io.github.deqa4j.torch.load.ModelLoader;
import io.github.deqa4j.torch.load.NetworkDescription;
import io.github.deqa4j.torch.load.NetworkPart;
import io.github.deqa4j.torch.model.DeqaModel;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The architecture of mPLUG-Owl2, which reads text. */
final class PromptedArchitecture implements NetworkArchitecture {
    private final ModelFiles files;
    private final ModelConfig config;

    PromptedArchitecture(ModelFiles files, ModelConfig config) {
        this.files = files;
        this.config = config;
    }

    @Override
    public NetworkDescription description() {
        return new NetworkDescription(network(), architecture(), this::part);
    }

    @Override
    public NetworkPart part(String parameter) {
        if (parameter.startsWith(DeqaModel.VISION_MODEL + ".")) {
            return NetworkPart.VISION_TRANSFORMER;
        }
        if (parameter.startsWith(DeqaModel.VISUAL_ABSTRACTOR + ".")) {
            return NetworkPart.VISUAL_ABSTRACTOR;
        }
        return parameter.startsWith(DeqaModel.HEAD + ".") ? NetworkPart.HEAD : NetworkPart.DECODER;
    }

    /** The network of the files, without weights. */
    private DeqaModel network() {
        DeqaModel network = new DeqaModel(config);
        config.quantization().ifPresent(quantization -> {
            requireLayers(network, quantization);
            network.quantize(layer -> quantizable(layer) && !quantization.kept().contains(layer));
        });
        return network;
    }

    /** A score needs five rows of the head only, so that it is kept as it is. */
    private static boolean quantizable(String layer) {
        return !layer.equals(DeqaModel.HEAD);
    }

    @Override
    public NavigableSet<String> quantizableLayers() {
        NavigableSet<String> layers =
                new TreeSet<>(new DeqaModel(config).linears().keySet());
        layers.removeIf(layer -> !quantizable(layer));
        return layers;
    }

    private void requireLayers(DeqaModel network, QuantizationConfig quantization) {
        Set<String> layers = network.linears().keySet();
        quantization.kept().stream()
                .filter(layer -> !layers.contains(layer))
                .findFirst()
                .ifPresent(layer -> {
                    throw new DeqaException(files.name() + ": " + ModelFiles.CONFIG + " names " + Excerpt.quoted(layer)
                            + " in \"" + QuantizationConfig.KEPT
                            + "\", but the network has no such layer; the file is of another model");
                });
    }

    @Override
    public Precision usualPrecision() {
        return config.quantization().isPresent() ? Precision.INT8 : Precision.FLOAT32;
    }

    @Override
    public boolean readsText() {
        return true;
    }

    /** {@inheritDoc} Without a {@link ModelFiles#PREPROCESSOR} the constants of CLIP hold. */
    @Override
    public ImageView view() {
        int side = config.vision().imageSize();
        PreprocessorConfig images = files.file(ModelFiles.PREPROCESSOR)
                .map(file -> file.<ConfigNode>read(ConfigNode::read, ConfigNode::read))
                .map(PreprocessorConfig::read)
                .orElseGet(() -> PreprocessorConfig.standard(side));
        if (images.cropSize() != side) {
            throw new DeqaException(files.name() + ": " + ModelFiles.PREPROCESSOR + " makes images of "
                    + images.cropSize() + " pixels, but " + ModelFiles.CONFIG + " wants \"image_size\" " + side
                    + "; they must be equal");
        }
        return new SquareView(images);
    }

    @Override
    public void writeCompanions(Path folder) {
        Stream.concat(Stream.of(ModelFiles.CONFIG, ModelFiles.PREPROCESSOR), ModelFiles.FOR_OTHERS.stream())
                .forEach(name -> files.file(name).ifPresent(file -> file.copyTo(folder.resolve(name))));
        tokenizer().copyTo(folder.resolve(ModelFiles.TOKENIZER));
    }

    @Override
    public List<ModelFile> answerFiles() {
        return Stream.concat(files.file(ModelFiles.PREPROCESSOR).stream(), Stream.of(tokenizer()))
                .toList();
    }

    private ModelFile tokenizer() {
        return files.tokenizer().orElseThrow(() -> ModelDirectory.noTokenizer(files.name()));
    }

    @Override
    public LevelNetwork load(NetworkSettings settings) {
        SentencePieceTokenizer tokenizer = tokenizer().read(SentencePieceTokenizer::read, SentencePieceTokenizer::read);
        requireVocabulary(tokenizer);
        ImageView view = view();
        TokenIds prompt = TokenIds.of(settings.prompt().orElse(settings.usualPrompt()), tokenizer);
        int[] levels = LevelTokens.of(tokenizer).ids();
        DeqaModel model = model(settings.precision(), settings.device());
        return new PromptedNetwork(model, view, tokenizer, prompt, levels);
    }

    private DeqaModel model(Precision precision, Device device) {
        boolean quantized = config.quantization().isPresent();
        requirePossible(quantized, precision, device);
        if (quantized || precision != Precision.INT8) {
            return ModelLoader.load(network(), files, precision, device);
        }
        DeqaModel network = network();
        network.quantize(PromptedArchitecture::quantizable);
        return ModelLoader.loadQuantizing(network, files, device);
    }

    private void requirePossible(boolean quantized, Precision precision, Device device) {
        if (quantized && files.adapter().isPresent()) {
            throw new InvalidSettingException(
                    "base",
                    files.title()
                            + ": the base of this adapter is quantized, and the adapter changes the weights from before"
                            + " that; set \"base\" to the model that was quantized");
        }
        if (quantized && precision != Precision.INT8) {
            throw new InvalidSettingException(
                    "precision",
                    files.title() + ": the weights of this model are 8-bit integers, so the precision cannot be "
                            + precision + "; set it to int8, or use the model that was quantized");
        }
        if (precision == Precision.INT8 && device.cuda()) {
            throw new InvalidSettingException(
                    "precision",
                    "the precision int8 works on the device cpu only, not on " + device + "; "
                            + (quantized ? "use the model that was quantized" : "set bf16"));
        }
    }

    private void requireVocabulary(SentencePieceTokenizer tokenizer) {
        int vocabulary = config.decoder().vocabulary();
        if (tokenizer.vocabularySize() > vocabulary) {
            throw new DeqaException(tokenizer() + ": the tokenizer has " + tokenizer.vocabularySize()
                    + " pieces, but the model's \"vocab_size\" is " + vocabulary
                    + "; this tokenizer is another model's");
        }
    }

    private String architecture() {
        VisionConfig vision = config.vision();
        AbstractorConfig abstractor = config.abstractor();
        DecoderConfig decoder = config.decoder();
        return "mPLUG-Owl2: vision transformer of " + vision.layers() + " layers × " + vision.width() + ", "
                + vision.imageSize() + " px in patches of " + vision.patchSize() + "; abstractor of "
                + abstractor.layers() + " layers, " + abstractor.queries() + " queries; decoder of " + decoder.layers()
                + " layers × " + decoder.width() + ", " + decoder.heads() + " heads, vocabulary "
                + decoder.vocabulary();
    }
}
