package io.github.deqa4j.torch.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import io.github.deqa4j.score.Device;
import io.github.deqa4j.score.Precision;
import io.github.deqa4j.score.Prompt;
import io.github.deqa4j.torch.GoldenModel;
import io.github.deqa4j.torch.load.ModelFiles;
import io.github.deqa4j.torch.nn.NativeScope;
import io.github.deqa4j.torch.nn.RandomStream;
import io.github.deqa4j.torch.nn.Tensors;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class PromptedNetworkTest {
    @Test
    void preparedNetworkGivesTheSameLogits() {
        try (LevelNetwork plain = mini();
                LevelNetwork prepared = mini().prepared();
                NativeScope scope = NativeScope.inference()) {
            Tensor pixels = pixels();

            assertThat(Tensors.toFloats(prepared.logits(pixels)))
                    .containsExactly(Tensors.toFloats(plain.logits(pixels)), offset(1e-5f));
        }
    }

    @Test
    void closingThePreparedNetworkFreesItsWeights() {
        LevelNetwork prepared = mini().prepared();
        prepared.close();

        try (NativeScope scope = NativeScope.inference()) {
            Tensor pixels = pixels();
            assertThatThrownBy(() -> prepared.logits(pixels)).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void measuredBatchIsAPowerOfTwoUpToEight() {
        try (LevelNetwork prepared = mini().prepared()) {
            assertThat(prepared.measuredBatch()).isIn(1, 2, 4, 8);
        }
    }

    private static Tensor pixels() {
        GoldenModel golden = GoldenModel.mini();
        return Tensors.of(golden.tensor("pixel_values"), golden.shape("pixel_values"));
    }

    private static LevelNetwork mini() {
        ModelFiles files =
                ModelFiles.open(Optional.of(GoldenModel.mini().directory()), Optional.empty(), Optional.empty());
        return NetworkArchitecture.of(files)
                .load(new NetworkSettings(
                        Optional.empty(), Prompt.SCORER, Precision.FLOAT32, Device.CPU, new RandomStream(0)));
    }
}
