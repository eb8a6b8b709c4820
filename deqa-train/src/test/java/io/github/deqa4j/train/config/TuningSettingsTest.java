package io.github.deqa4j.train.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deqa4j.torch.load.NetworkPart;
import io.github.deqa4j.torch.lora.LoraSettings;
import io.github.deqa4j.train.config.TuningSettings.Method;
import io.github.deqa4j.train.config.TuningSettings.Part;
import java.util.List;
import org.junit.jupiter.api.Test;

class TuningSettingsTest {
    private static final String WEIGHT = "model.layers.0.self_attn.q_proj.weight";
    private static final String ADAPTER = "model.layers.0.self_attn.q_proj.lora_A.weight";

    @Test
    void loraLearnsTheAdapterAloneOfTheDecoder() {
        TuningSettings settings = settings(Method.LORA, Part.FROZEN, Part.FULL, List.of());

        assertThat(settings.trains(NetworkPart.DECODER, ADAPTER)).isTrue();
        assertThat(settings.trains(NetworkPart.DECODER, WEIGHT)).isFalse();
        assertThat(settings.trains(NetworkPart.HEAD, "lm_head.weight")).isFalse();
        assertThat(settings.trains(NetworkPart.VISION_TRANSFORMER, "x")).isFalse();
        assertThat(settings.trains(NetworkPart.TRUNK, "x")).isFalse();
        assertThat(settings.trains(NetworkPart.VISUAL_ABSTRACTOR, "x")).isTrue();
    }

    @Test
    void fullTuningLearnsAllThatIsNotFrozen() {
        TuningSettings settings = settings(Method.FULL, Part.FULL, Part.FROZEN, List.of("trunk.stem."));

        assertThat(settings.trains(NetworkPart.DECODER, WEIGHT)).isTrue();
        assertThat(settings.trains(NetworkPart.HEAD, "head.fc1.bias")).isTrue();
        assertThat(settings.trains(NetworkPart.TRUNK, "trunk.stages.1.0.conv1.weight"))
                .isTrue();
        assertThat(settings.trains(NetworkPart.TRUNK, "trunk.stem.weight")).isFalse();
        assertThat(settings.trains(NetworkPart.VISUAL_ABSTRACTOR, "x")).isFalse();
    }

    private static TuningSettings settings(Method method, Part vision, Part abstractor, List<String> frozen) {
        return new TuningSettings(method, LoraSettings.released(), vision, abstractor, frozen, false);
    }
}
