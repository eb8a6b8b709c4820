package io.github.deqa4j.train.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deqa4j.DeqaException;
import io.github.deqa4j.torch.nn.Tensors;
import io.github.deqa4j.torch.nn.Weight;
import io.github.deqa4j.train.checkpoint.TrainState.BestEvaluation;
import io.github.deqa4j.train.checkpoint.TrainingCheckpoint.TensorGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointStoreTest {
    private static final Producer PRODUCER = new Producer("1.2.3", "mplug_owl2", "0a");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void whatIsSavedIsReadBack() {
        CheckpointStore store = new CheckpointStore(folder.resolve("new"), 2, PRODUCER);
        assertThat(store.isEmpty()).isTrue();
        TrainState state = new TrainState(7, 6, -5, new BestEvaluation(4, 0.25, 1, 6), Map.of("a", "b"));
        store.save(state, tensors(1, 2, 3));
        TrainingCheckpoint run = store.newest(CheckpointStoreTest::unexpected).orElseThrow();
        assertThat(run.state()).isEqualTo(state);
        NavigableMap<String, Weight> weights = run.tensors(TensorGroup.WEIGHTS);
        assertThat(weights.keySet()).containsExactly("w");
        assertThat(Tensors.toFloats(Objects.requireNonNull(weights.get("w")).tensor()))
                .containsExactly(1, 2, 3);
    }

    @Test
    void aCheckpointNamesItsProducerAndOneWithoutIsReadToo() throws IOException {
        CheckpointStore store = new CheckpointStore(folder, 1, PRODUCER);
        Path file = store.save(state(3), tensors(3)).resolve("state.json");
        String written = Files.readString(file);
        String producer = "\"producer\":{\"version\":\"1.2.3\",\"kind\":\"mplug_owl2\",\"fingerprint\":\"0a\"}";
        assertThat(written.replaceAll("\\s", "")).contains(producer);
        ObjectNode earlier = (ObjectNode) new ObjectMapper().readTree(written);
        earlier.remove("producer");
        Files.writeString(file, earlier.toString());
        assertThat(store.newest(CheckpointStoreTest::unexpected).orElseThrow().state())
                .isEqualTo(state(3));
    }

    @Test
    void onlyTheNewestStay() {
        CheckpointStore store = new CheckpointStore(folder, 2, PRODUCER);
        for (int step : new int[] {3, 12, 100}) {
            store.save(state(step), tensors(step));
        }
        assertThat(names()).containsExactly("step-00000012", "step-00000100");
    }

    @Test
    void anUnfinishedOneIsNotTakenAndIsClearedAway() throws IOException {
        new CheckpointStore(folder, 2, PRODUCER).save(state(3), tensors(3));
        Files.createDirectory(folder.resolve(".step-00000006.x.tmp"));
        CheckpointStore store = new CheckpointStore(folder, 2, PRODUCER);
        assertThat(store.newest(CheckpointStoreTest::unexpected)
                        .orElseThrow()
                        .state()
                        .step())
                .isEqualTo(3);
        assertThat(names()).containsExactly("step-00000003");
    }

    @Test
    void aDamagedStateIsPassedOverForAnOlderOne() throws IOException {
        CheckpointStore store = new CheckpointStore(folder, 2, PRODUCER);
        store.save(state(3), tensors(3));
        Path newer = store.save(state(6), tensors(6));
        Files.writeString(newer.resolve("state.json"), "{\"state\": {}}");
        List<String> told = new ArrayList<>();
        assertThat(store.newest(told::add).orElseThrow().state().step()).isEqualTo(3);
        assertThat(told)
                .containsExactly(newer.resolve("state.json")
                        + ": the file is missing or damaged, so this checkpoint is not whole");
    }

    @Test
    void aDamagedOneTakesNoPlaceOfThoseThatStay() throws IOException {
        CheckpointStore store = new CheckpointStore(folder, 1, PRODUCER);
        Path damaged = store.save(state(9), tensors(9));
        Files.writeString(damaged.resolve("state.json"), "{\"state\": {}}");
        store.save(state(3), tensors(3));
        assertThat(names()).containsExactly("step-00000003");
    }

    @Test
    void aDamagedOneIsNotCalledWholeWhenASaveFails() throws IOException {
        CheckpointStore store = new CheckpointStore(folder, 1, PRODUCER);
        Files.writeString(store.save(state(3), tensors(3)).resolve("weights.safetensors"), "cut");
        assertThatThrownBy(() -> store.save(state(6), impossible()))
                .hasMessageContaining("; there is no older one; free some space");
    }

    @Test
    void afterAFailedSaveTheOlderOneIsWhole() {
        CheckpointStore store = new CheckpointStore(folder, 1, PRODUCER);
        store.save(state(3), tensors(3));
        assertThatThrownBy(() -> store.save(state(6), impossible()))
                .isInstanceOf(DeqaException.class)
                .hasMessage(
                        folder.resolve("step-00000006") + ": this checkpoint could not be written (the tensor w has a"
                                + " number format that is not saved); the older one,"
                                + " step-00000003, is whole; free some space and resume the"
                                + " run");
        assertThat(names()).containsExactly("step-00000003");
        assertThat(store.newest(CheckpointStoreTest::unexpected)).isPresent();
    }

    private static TrainState state(int step) {
        return new TrainState(step, step, 0, BestEvaluation.NONE, Map.of());
    }

    private static Map<TensorGroup, Map<String, Tensor>> tensors(float... values) {
        return Map.of(TensorGroup.WEIGHTS, Map.of("w", Tensors.of(values, values.length)));
    }

    /** Of a number format that is not saved. */
    private static Map<TensorGroup, Map<String, Tensor>> impossible() {
        return Map.of(TensorGroup.WEIGHTS, Map.of("w", Tensors.indices(new int[] {1}, Tensors.of(new float[1], 1))));
    }

    private static void unexpected(String problem) {
        throw new AssertionError(problem);
    }

    private List<String> names() {
        return Stream.of(Objects.requireNonNull(folder.toFile().list()))
                .sorted()
                .toList();
    }
}
