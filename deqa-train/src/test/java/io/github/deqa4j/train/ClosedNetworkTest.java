package io.github.deqa4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.score.Device;
import io.github.deqa4j.torch.distributed.ProcessGroup;
import io.github.deqa4j.torch.load.ModelFiles;
import io.github.deqa4j.torch.network.LevelNetwork;
import io.github.deqa4j.torch.network.NetworkArchitecture;
import io.github.deqa4j.torch.nn.Parameter;
import io.github.deqa4j.torch.nn.RandomStream;
import io.github.deqa4j.train.checkpoint.TrainState;
import io.github.deqa4j.train.checkpoint.TrainingCheckpoint;
import io.github.deqa4j.train.config.TrainingConfig;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A network that cannot be trained as the settings say is freed at once. */
class ClosedNetworkTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final List<LevelNetwork> loaded = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(strings = {"tuning.frozen=[nothing.]", "tuning.frozen=[model., lm_head.]"})
    void aNetworkWithWrongFrozenWeightsIsClosed(String setting) {
        assertThatThrownBy(() -> network(new MiniRun(folder, setting).config()))
                .isInstanceOf(DeqaException.class)
                .hasMessageStartingWith("\"tuning");
        assertThat(loaded).hasSize(1);
        assertClosed(loaded.get(0).block().namedParameters().values());
    }

    @ParameterizedTest
    @ValueSource(strings = {"weights.safetensors", "optimizer.safetensors"})
    void aNetworkWithADamagedCheckpointIsClosed(String damaged) throws Exception {
        MiniRun run = new MiniRun(folder, "schedule.max_steps=1");
        run.train();
        Path checkpoint = run.output("checkpoints/step-00000001");
        Files.write(checkpoint.resolve(damaged), new byte[] {1, 2, 3});
        TrainingConfig config = run.config();
        TrainableNetwork network = network(config);
        TrainingCheckpoint saved = new TrainingCheckpoint(checkpoint, TrainState.initial(Map.of()));
        assertThatThrownBy(() -> NetworkOptimizer.of(
                        config.optimizer(), network, new RandomStream(1), ProcessGroup.alone(), Optional.of(saved)))
                .isInstanceOf(DeqaException.class);
        assertClosed(network.trained().values());
    }

    private TrainableNetwork network(TrainingConfig config) {
        ModelFiles files = ModelFiles.open(config.model().directory(), Optional.empty(), Optional.empty());
        return new TrainableNetwork(
                config, files, watched(NetworkArchitecture.of(files)), Device.CPU, new RandomStream(1));
    }

    /** The architecture, with a note of each network that it loads. */
    private NetworkArchitecture watched(NetworkArchitecture architecture) {
        return (NetworkArchitecture) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {NetworkArchitecture.class}, (proxy, method, arguments) -> {
                    Object result = method.invoke(architecture, arguments);
                    if (result instanceof LevelNetwork network) {
                        loaded.add(network);
                    }
                    return result;
                });
    }

    private static void assertClosed(Collection<Parameter> parameters) {
        assertThat(parameters)
                .isNotEmpty()
                .allSatisfy(
                        parameter -> assertThatThrownBy(parameter::value).isInstanceOf(IllegalStateException.class));
    }
}
