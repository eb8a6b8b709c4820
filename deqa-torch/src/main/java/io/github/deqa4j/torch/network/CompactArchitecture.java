package io.github.deqa4j.torch.network;

import io.github.deqa4j.InvalidSettingException;
import io.github.deqa4j.checkpoint.Checkpoint;
import io.github.deqa4j.config.CompactConfig;
import io.github.deqa4j.image.prepare.NativeScaleView;
import io.github.deqa4j.reliability.FaultFile;
import io.github.deqa4j.reliability.NetworkMark;
import io.github.deqa4j.reliability.ReliabilityFile;
import io.github.deqa4j.score.Precision;
import io.github.deqa4j.torch.compact.CompactModel;
import io.github.deqa4j.torch.load.ModelFile;
import io.github.deqa4j.torch.load.ModelFiles;
import io.github.deqa4j.torch.load.ModelLoader;
import io.github.deqa4j.torch.load.NetworkDescription;
import io.github.deqa4j.torch.load.NetworkPart;
import io.github.deqa4j.torch.nn.RandomStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The architecture of the small network, which reads no text. */
final class CompactArchitecture implements NetworkArchitecture {
    private final ModelFiles files;
    private final CompactConfig config;
    private @Nullable NetworkMark mark;

    CompactArchitecture(ModelFiles files, CompactConfig config) {
        this.files = files;
        this.config = config;
    }

    @Override
    public NetworkDescription description() {
        String stages = config.stages().stream()
                .map(stage -> stage.blocks() + " × " + stage.features())
                .collect(Collectors.joining(", "));
        String architecture = "compact: residual trunk of " + config.stages().size() + " stages (" + stages
                + "), means and spreads of their features; head of " + config.hidden()
                + " hidden features; images of "
                + config.images().leastSide() + " px a side to "
                + config.images().largestArea() + " px in all";
        return new NetworkDescription(
                new CompactModel(config, new RandomStream(0), Precision.FLOAT32), architecture, this::part);
    }

    @Override
    public NetworkPart part(String parameter) {
        return parameter.startsWith(CompactModel.TRUNK + ".") ? NetworkPart.TRUNK : NetworkPart.HEAD;
    }

    @Override
    public Precision usualPrecision() {
        return Precision.FLOAT32;
    }

    @Override
    public NavigableSet<String> quantizableLayers() {
        return Collections.emptyNavigableSet();
    }

    @Override
    public boolean readsText() {
        return false;
    }

    @Override
    public NativeScaleView view() {
        return new NativeScaleView(config.images(), config.colors());
    }

    @Override
    public void writeCompanions(Path folder) {
        config.write(folder.resolve(ModelFiles.CONFIG));
    }

    @Override
    public List<ModelFile> answerFiles() {
        return List.of();
    }

    @Override
    public Optional<ReliabilityFile> reliability() {
        return files.file(ReliabilityFile.NAME)
                .map(file -> ReliabilityFile.of(file.toString(), tensors(file), config.statistics(), mark()));
    }

    @Override
    public Optional<FaultFile> faults() {
        return files.file(FaultFile.NAME)
                .map(file -> FaultFile.of(file.toString(), tensors(file), config.statistics(), mark()));
    }

    private static Checkpoint tensors(ModelFile file) {
        return file.read(Checkpoint::openFile, Checkpoint::of);
    }

    /** Taken once for both files: of a network inside a jar, all weights are read for it. */
    private NetworkMark mark() {
        NetworkMark known = mark;
        if (known == null) {
            known = NetworkMark.of(files.title(), files.checkpoint());
            mark = known;
        }
        return known;
    }

    @Override
    public LevelNetwork load(NetworkSettings settings) {
        requireNo("prompt", settings.prompt().isPresent());
        requireNo("tokenizer", files.namedTokenizer().isPresent());
        requireFloating(settings.precision());
        CompactModel model = ModelLoader.load(
                new CompactModel(config, settings.random(), settings.precision()),
                files,
                Precision.FLOAT32,
                settings.device());
        return new CompactNetwork(model, view());
    }

    private void requireFloating(Precision precision) {
        if (precision == Precision.INT8) {
            throw new InvalidSettingException(
                    "precision",
                    files.title() + ": the small network is not computed in int8; use the precision float32 or bf16");
        }
    }

    private void requireNo(String setting, boolean given) {
        if (given) {
            throw new InvalidSettingException(
                    setting, files.title() + ": this model reads no text; leave out \"" + setting + "\"");
        }
    }
}
