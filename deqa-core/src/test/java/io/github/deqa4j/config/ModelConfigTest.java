package io.github.deqa4j.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deqa4j.testkit.Golden;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelConfigTest {
    private static final Path MINI = Golden.mini().resolve("model/config.json");
    private static final String VISION = "/visual_config/visual_model";
    private static final String ABSTRACTOR = "/visual_config/visual_abstractor";

    @TempDir
    private Path directory;

    @Test
    void everySizeOfTheMiniModelIsRead() {
        ModelConfig config = ModelConfig.read(MINI);

        assertThat(config.vision()).isEqualTo(new VisionConfig(32, 64, 2, 4, 56, 14, 3, 1e-6));
        assertThat(config.abstractor()).isEqualTo(new AbstractorConfig(32, 48, 2, 4, 8, 1e-6));
        assertThat(config.decoder()).isEqualTo(new DecoderConfig(448, 32, 48, 3, 4, 4, 1e-6, 10_000, false));
    }

    @Test
    void aBillionLayersAreRefused() {
        assertThatThrownBy(() -> read(root -> root.put("num_hidden_layers", 1_000_000_000)))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageEndingWith("\"num_hidden_layers\" is 1000000000; it must be at most 1000");
    }

    @Test
    void derivedSizesFollow() {
        ModelConfig config = ModelConfig.read(MINI);

        assertThat(config.imageTokens()).isEqualTo(9);
        assertThat(config.vision().grid()).isEqualTo(4);
        assertThat(config.vision().tokens()).isEqualTo(17);
        assertThat(config.decoder().headWidth()).isEqualTo(8);
    }

    @Test
    void everyEpsilonIsReadFromItsOwnKey() {
        ModelConfig config = read(root -> {
            root.put("rms_norm_eps", 1e-5);
            at(root, VISION).put("layer_norm_eps", 2e-5);
            at(root, ABSTRACTOR).put("layer_norm_eps", 3e-5);
        });

        assertThat(config.decoder().eps()).isEqualTo(1e-5);
        assertThat(config.vision().eps()).isEqualTo(2e-5);
        assertThat(config.abstractor().eps()).isEqualTo(3e-5);
    }

    @Test
    void groupedKeyValueHeadsAndAnotherRotaryBaseAreRead() {
        ModelConfig config = read(root -> root.put("num_key_value_heads", 2).put("rope_theta", 5e5));

        assertThat(config.decoder().keyValueHeads()).isEqualTo(2);
        assertThat(config.decoder().ropeTheta()).isEqualTo(500_000);
    }

    @Test
    void keysWithADefaultMayBeAbsent() {
        ModelConfig config = read(root -> {
            root.remove("num_key_value_heads");
            root.remove("rope_theta");
            root.remove("rope_scaling");
            root.remove("hidden_act");
            root.remove("attention_bias");
            root.remove("model_type");
            at(root, VISION).remove("num_channels");
            at(root, VISION).remove("hidden_act");
            at(root, ABSTRACTOR).remove("encoder_hidden_size");
            at(root, ABSTRACTOR).remove("grid_size");
        });

        assertThat(config).isEqualTo(ModelConfig.read(MINI));
    }

    @ParameterizedTest
    @CsvSource({
        "'', vocab_size",
        "'', hidden_size",
        "'', intermediate_size",
        "'', num_hidden_layers",
        "'', num_attention_heads",
        "'', rms_norm_eps",
        "'', visual_config",
        "/visual_config, visual_model",
        "/visual_config, visual_abstractor",
        "/visual_config/visual_model, hidden_size",
        "/visual_config/visual_model, intermediate_size",
        "/visual_config/visual_model, num_hidden_layers",
        "/visual_config/visual_model, num_attention_heads",
        "/visual_config/visual_model, image_size",
        "/visual_config/visual_model, patch_size",
        "/visual_config/visual_model, layer_norm_eps",
        "/visual_config/visual_abstractor, hidden_size",
        "/visual_config/visual_abstractor, intermediate_size",
        "/visual_config/visual_abstractor, num_hidden_layers",
        "/visual_config/visual_abstractor, num_attention_heads",
        "/visual_config/visual_abstractor, num_learnable_queries",
        "/visual_config/visual_abstractor, layer_norm_eps"
    })
    void aMissingKeyIsNamedWithItsPath(String object, String key) {
        String path = (object + "/" + key).substring(1).replace('/', '.');
        String problem = "\"" + path + "\" is missing; the file cannot be used without it";

        assertRefused(root -> at(root, object).remove(key), problem);
        assertRefused(root -> at(root, object).putNull(key), problem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-4", "2.0", "2147483648", "1e2", "\"32\"", "true", "[32]", "{}"})
    void sizesArePositiveWholeNumbers(String wrong) {
        String shown = wrong.equals("1e2") ? "100.0" : wrong;

        assertRefused(
                root -> root.set("hidden_size", json(wrong)),
                "\"hidden_size\" is " + shown + "; it must be a positive whole number");
        assertRefused(
                root -> at(root, VISION).set("num_hidden_layers", json(wrong)),
                "\"visual_config.visual_model.num_hidden_layers\" is " + shown
                        + "; it must be a positive whole number");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1.0E-6", "\"1e-6\"", "false", "[]"})
    void epsilonsArePositiveNumbers(String wrong) {
        assertRefused(
                root -> root.set("rms_norm_eps", json(wrong)),
                "\"rms_norm_eps\" is " + wrong + "; it must be a positive number");
    }

    @Test
    void anInfiniteNumberIsRefused() {
        assertRefused(
                "{\"model_type\":\"mplug_owl2\",\"visual_config\":{\"visual_model\":{\"hidden_size\":32,"
                        + "\"intermediate_size\":64,\"num_hidden_layers\":2,\"num_attention_heads\":4,\"image_size\":56,"
                        + "\"patch_size\":14,\"layer_norm_eps\":1e999}}}",
                "\"visual_config.visual_model.layer_norm_eps\" is \"Infinity\"; it must be a positive number");
    }

    @Test
    void objectsMustBeObjects() {
        assertRefused(root -> root.put("visual_config", 3), "\"visual_config\" is 3; it must be an object");
    }

    @Test
    void aLongValueIsShortened() {
        assertRefused(
                root -> root.put("hidden_size", "9".repeat(1_000)),
                "\"hidden_size\" is \"" + "9".repeat(98) + "…; it must be a positive whole number");
    }

    @Test
    void anotherModelIsRefused() {
        assertRefused(
                root -> root.put("model_type", "llama"),
                "\"model_type\" is \"llama\"; it must be \"mplug_owl2\", which alone is supported");
    }

    @Test
    void otherActivationsAreRefused() {
        assertRefused(
                root -> root.put("hidden_act", "gelu"),
                "\"hidden_act\" is \"gelu\"; it must be \"silu\", which alone is supported");
        assertRefused(
                root -> at(root, VISION).put("hidden_act", "gelu"),
                "\"visual_config.visual_model.hidden_act\" is \"gelu\"; it must be \"quick_gelu\","
                        + " which alone is supported");
    }

    @Test
    void otherKindsOfDecoderAreRefused() {
        assertRefused(
                root -> root.put("attention_bias", true),
                "\"attention_bias\" is true; it must be false, which alone is supported");
        assertRefused(
                root -> root.put("tie_word_embeddings", "yes"),
                "\"tie_word_embeddings\" is \"yes\"; it must be true or false");
        assertRefused(
                root -> root.put("head_dim", 16),
                "\"head_dim\" is 16; it must be 8, \"hidden_size\" divided by \"num_attention_heads\"");
        assertRefused(
                root -> root.put("attention_bias", "false"),
                "\"attention_bias\" is \"false\"; it must be false, which alone is supported");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            mlp_bias                | true
            sliding_window          | 4096
            attn_logit_softcapping  | 50.0
            final_logit_softcapping | 30.0
            quantization_config     | {"bits":4}
            quantization_config     | {"quant_method":"awq","bits":4}
            quantization_config     | "int8"
            """)
    void whatOtherDecodersHaveIsRefusedByName(String key, String value) {
        assertRefused(
                root -> root.set(key, json(value)),
                "\"" + key + "\" is " + value + "; it must be null or absent; what it asks for is not supported");
    }

    @Test
    void thisProjectsQuantizationIsRead() {
        QuantizationConfig quantization = new QuantizationConfig(List.of("lm_head", "model.layers.1.mlp.down_proj"));
        ObjectMapper mapper = new ObjectMapper();

        ModelConfig config = read(root -> root.set("quantization_config", mapper.valueToTree(quantization.tree())));

        assertThat(config.quantization()).contains(quantization);
        assertThat(ModelConfig.read(MINI).quantization()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            {'quant_method':'deqa4j-int8'}                                                             | 'quantization_config.bits' is missing; the file cannot be used without it
            {'quant_method':'deqa4j-int8','bits':4}                                                    | 'quantization_config.bits' is 4; it must be 8
            {'quant_method':'deqa4j-int8','bits':8,'activation_scheme':'static'}                       | 'quantization_config.activation_scheme' is 'static'; it must be 'dynamic', which alone is supported
            {'quant_method':'deqa4j-int8','bits':8,'modules_to_not_convert':7}                         | 'quantization_config.modules_to_not_convert' is 7; it must be a text or an array of texts
            {'quant_method':'deqa4j-int8','bits':8,'group_size':64}                                    | 'quantization_config.group_size' is 64; this key is not known, and what it asks for could change the scores; remove it if it cannot
            """)
    void otherSettingsOfItAreRefused(String quantization, String problem) {
        assertRefused(
                root -> root.set("quantization_config", json(quantization.replace('\'', '"'))),
                problem.replace('\'', '"'));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "false", "[]", "{}", "\"\"", "\"none\"", "\"default\""})
    void whatSaysNothingIsNothing(String nothing) {
        ModelConfig config = read(root -> List.of(
                        "rope_scaling",
                        "rope_parameters",
                        "mlp_bias",
                        "sliding_window",
                        "quantization_config",
                        "unheard_of")
                .forEach(key -> root.set(key, json(nothing))));

        assertThat(config).isEqualTo(ModelConfig.read(MINI));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'rope_parameters':{'rope_theta':500000.0,'rope_type':'default'}}",
                "{'rope_parameters':{'rope_theta':500000.0,'rope_type':'default'},'rope_theta':500000}",
                "{'rope_scaling':{'rope_type':'default','rope_theta':5e5,'factor':1.0}}",
                "{'rope_theta':5e5,'rope_scaling':{'type':'default'},'partial_rotary_factor':1.0}",
                "{'rope_parameters':{'full_attention':{'rope_theta':5e5,'rope_type':'default'},"
                        + "'sliding_attention':{'rope_theta':5e5,'partial_rotary_factor':1}}}",
            })
    void theRotaryBaseStandsInSeveralPlaces(String keys) {
        assertThat(rotary(keys).decoder().ropeTheta()).isEqualTo(500_000);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            {'rope_scaling':{'type':'linear','factor':2.0}}                  | 'rope_scaling.type' is 'linear'; it must be 'default', which alone is supported
            {'rope_scaling':{'rope_type':'dynamic','factor':2.0}}            | 'rope_scaling.rope_type' is 'dynamic'; it must be 'default', which alone is supported
            {'rope_parameters':{'rope_type':'yarn','factor':2.0}}            | 'rope_parameters.rope_type' is 'yarn'; it must be 'default', which alone is supported
            {'rope_parameters':{'rope_type':'llama3','rope_theta':5e5}}      | 'rope_parameters.rope_type' is 'llama3'; it must be 'default', which alone is supported
            {'rope_scaling':{'factor':2.0}}                                  | 'rope_scaling.factor' is 2.0; it must be 1, which alone is supported
            {'rope_scaling':'yarn'}                                          | 'rope_scaling' is 'yarn'; it must be an object
            {'partial_rotary_factor':0.5}                                    | 'partial_rotary_factor' is 0.5; it must be 1, which alone is supported
            {'rope_parameters':{'partial_rotary_factor':0.25}}               | 'rope_parameters.partial_rotary_factor' is 0.25; it must be 1, which alone is supported
            {'rope_theta':1e4,'rope_parameters':{'rope_theta':5e5}}          | 'rope_parameters.rope_theta' is 500000.0, but elsewhere in the file it is 10000.0; they must be equal
            {'rope_parameters':{'a':{'rope_theta':1},'b':{'rope_theta':2}}}  | 'rope_parameters.b.rope_theta' is 2.0, but elsewhere in the file it is 1.0; they must be equal
            {'rope_parameters':{'a':{'rope_type':'linear'}}}                 | 'rope_parameters.a.rope_type' is 'linear'; it must be 'default', which alone is supported
            {'rope_parameters':{'mrope_section':[1]}}                        | 'rope_parameters.mrope_section' is [1]; this key is not known, and what it asks for could change the scores; remove it if it cannot
            """)
    void otherRotaryPositionsAreRefusedByName(String keys, String problem) {
        assertThatThrownBy(() -> rotary(keys))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessage(directory.resolve("config.json") + ": " + problem.replace('\'', '"'));
    }

    private ModelConfig rotary(String keys) {
        return read(root -> {
            root.remove("rope_theta");
            root.setAll((ObjectNode) json(keys.replace('\'', '"')));
        });
    }

    @ParameterizedTest
    @CsvSource({
        "'', attention_multiplier",
        "/visual_config, text_model",
        "/visual_config/visual_model, qk_norm",
        "/visual_config/visual_abstractor, extra_layers"
    })
    void anUnknownKeyIsRefusedByName(String object, String key) {
        String path = (object + "/" + key).substring(1).replace('/', '.');

        assertRefused(
                root -> at(root, object).put(key, 0.5),
                "\"" + path + "\" is 0.5; this key is not known, and what it asks for could change the scores;"
                        + " remove it if it cannot");
    }

    @Test
    void aLongOrUnprintableKeyIsCut() {
        assertThatThrownBy(() -> read(root -> root.put("\u001b[2J" + "k".repeat(1_000), "v".repeat(1_000))))
                .hasMessageContaining(": \"\uFFFD[2Jkkk")
                .message()
                .doesNotContain("\u001b")
                .hasSizeLessThan(400);
    }

    @Test
    void partsOfOtherVisionModelsAreRefused() {
        assertRefused(
                root -> at(root, VISION).put("use_cls_token", false),
                "\"visual_config.visual_model.use_cls_token\" is false; it must be true, which alone is supported");
        assertRefused(
                root -> at(root, VISION).put("use_post_layernorm", false),
                "\"visual_config.visual_model.use_post_layernorm\" is false; it must be true, which alone is supported");
        assertRefused(
                root -> at(root, ABSTRACTOR).put("add_v2t_pos_emb", true),
                "\"visual_config.visual_abstractor.add_v2t_pos_emb\" is true; it must be false, which alone is supported");
    }

    @Test
    void layersOfOneKindOnlyAreSupported() {
        assertThat(read(root -> root.set("layer_types", json("[\"full_attention\",\"full_attention\"]"))))
                .isEqualTo(ModelConfig.read(MINI));
        assertRefused(
                root -> root.set("layer_types", json("[\"full_attention\",\"sliding_attention\"]")),
                "\"layer_types\" is [\"full_attention\",\"sliding_attention\"]; it must be an array of"
                        + " \"full_attention\", which alone is supported");
    }

    /** As published checkpoints have them, with what transformers 4.31 to 5.18 and the authors' training write. */
    @ParameterizedTest
    @ValueSource(strings = {"published-4.31.json", "transformers-5.18.json"})
    void configurationsOfOthersAreReadWithoutComplaint(String name) throws IOException {
        try (InputStream file = Objects.requireNonNull(getClass().getResourceAsStream(name))) {
            ModelConfig config = ModelConfig.read(write(file.readAllBytes()));

            assertThat(config.vision()).isEqualTo(new VisionConfig(1024, 4096, 24, 16, 448, 14, 3, 1e-6));
            assertThat(config.abstractor()).isEqualTo(new AbstractorConfig(1024, 2816, 6, 16, 64, 1e-6));
            assertThat(config.decoder())
                    .isEqualTo(new DecoderConfig(32_000, 4096, 11_008, 32, 32, 32, 1e-5, 10_000, false));
        }
    }

    @Test
    void aByteOrderMarkIsPassedOver() throws IOException {
        assertThat(ModelConfig.read(write("\uFEFF" + Files.readString(MINI)))).isEqualTo(ModelConfig.read(MINI));
    }

    @Test
    void headsMustDivideTheWidth() {
        assertRefused(
                root -> root.put("num_attention_heads", 5),
                "\"num_attention_heads\" is 5, which does not divide \"hidden_size\" 32");
        assertRefused(
                root -> at(root, VISION).put("num_attention_heads", 3),
                "\"visual_config.visual_model.num_attention_heads\" is 3, which does not divide \"hidden_size\" 32");
        assertRefused(
                root -> at(root, ABSTRACTOR).put("num_attention_heads", 7),
                "\"visual_config.visual_abstractor.num_attention_heads\" is 7, which does not divide"
                        + " \"hidden_size\" 32");
        assertRefused(
                root -> root.put("num_key_value_heads", 3),
                "\"num_key_value_heads\" is 3, which does not divide \"num_attention_heads\" 4");
    }

    @Test
    void rotaryPositionsNeedEvenHeads() {
        assertRefused(
                root -> root.put("num_attention_heads", 32).put("num_key_value_heads", 32),
                "\"num_attention_heads\" is 32, which leaves heads of 1 features; rotary positions need an even number");
    }

    @Test
    void patchesMustFitTheImage() {
        assertRefused(
                root -> at(root, VISION).put("patch_size", 15),
                "\"visual_config.visual_model.patch_size\" is 15, which does not divide \"image_size\" 56");
        assertRefused(
                root -> at(root, VISION).put("num_channels", 1),
                "\"visual_config.visual_model.num_channels\" is 1; images have 3");
        assertRefused(
                root -> at(root, VISION).put("image_size", 65_536).put("patch_size", 1),
                "\"visual_config.visual_model.patch_size\" is 1, which makes 65536 patches along a side of"
                        + " \"image_size\" 65536; at most 4096 are supported");
    }

    @Test
    void theAbstractorMustFitTheVisionModel() {
        assertRefused(
                root -> at(root, ABSTRACTOR).put("hidden_size", 64),
                "\"visual_config.visual_abstractor.hidden_size\" is 64 but the vision model's is 32;"
                        + " they must be equal");
        assertRefused(
                root -> at(root, ABSTRACTOR).put("encoder_hidden_size", 64),
                "\"visual_config.visual_abstractor.encoder_hidden_size\" is 64 but the vision model's width is 32;"
                        + " they must be equal");
        assertRefused(
                root -> at(root, ABSTRACTOR).put("grid_size", 5),
                "\"visual_config.visual_abstractor.grid_size\" is 5 but the vision model has 4 patches along a side");
        assertRefused(
                root -> at(root, ABSTRACTOR).put("hidden_size", 34).put("num_attention_heads", 2),
                "\"visual_config.visual_abstractor.hidden_size\" is 34; a multiple of 4 is needed for its"
                        + " two-dimensional positions");
    }

    @Test
    void aMissingFileIsNamed() {
        assertRefused(directory.resolve("none.json"), "the file is missing or cannot be read");
        assertRefused(directory, "the file is missing or cannot be read");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "3", "null", "\"text\""})
    void theTopLevelMustBeAnObject(String content) {
        assertRefused(content, "the file does not hold a JSON object");
    }

    @Test
    void aHugeFileIsNotRead() {
        assertRefused(" ".repeat((16 << 20) + 1), "the file is larger than 16 MiB; a settings file is not");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{\"a\":1,}", "{\"a\":1} x", "{\"a\":1}{}", "model_type: llama", "{\"a\":NaN}"})
    void whatIsNotJsonIsRefusedWithItsPlace(String content) {
        assertNotJson(content.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aRepeatedKeyIsRefused() {
        assertRefused("{\"a\":1,\"a\":2}", "not valid JSON: the key \"a\" stands twice (byte offset 10)");
    }

    @Test
    void deepNestingIsRefused() {
        assertNotJson("[".repeat(1 << 20).getBytes(StandardCharsets.UTF_8));
        assertNotJson("{\"a\":".repeat(1 << 20).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void binaryFilesAreNotJson() {
        assertNotJson(new byte[] {'{', '"', (byte) 0xC3, (byte) 0x28, '"'});
        assertNotJson(new byte[] {0, 0, (byte) 0xFF, (byte) 0xFE, 1, 2, 3, 4});
        assertNotJson(new byte[] {(byte) 0x80, 2, '}', 'q'});
        assertNotJson(new byte[] {'{', 0, 0, 0, 1, 0, 0, (byte) 0xFF});
    }

    @Test
    void everyCutIsRefused() throws IOException {
        String whole = Files.readString(MINI).strip();
        for (int length = 0; length < whole.length(); length++) {
            Path file = write(whole.substring(0, length));

            assertThatThrownBy(() -> ModelConfig.read(file))
                    .as("%d characters", length)
                    .isInstanceOf(InvalidConfigException.class);
        }
    }

    private void assertNotJson(byte[] content) {
        Path file = write(content);
        assertThatThrownBy(() -> ModelConfig.read(file))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageStartingWith(file + ": not valid JSON: ")
                .message()
                .doesNotContain("\n")
                .hasSizeLessThan(400);
    }

    private ModelConfig read(Consumer<ObjectNode> change) {
        ObjectNode root = (ObjectNode) Golden.json(MINI);
        change.accept(root);
        return ModelConfig.read(write(root.toString()));
    }

    private void assertRefused(Consumer<ObjectNode> change, String problem) {
        ObjectNode root = (ObjectNode) Golden.json(MINI);
        change.accept(root);
        assertRefused(root.toString(), problem);
    }

    private void assertRefused(String content, String problem) {
        assertRefused(write(content), problem);
    }

    private static void assertRefused(Path file, String problem) {
        assertThatThrownBy(() -> ModelConfig.read(file))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessage(file + ": " + problem);
    }

    private Path write(String content) {
        return write(content.getBytes(StandardCharsets.UTF_8));
    }

    private Path write(byte[] content) {
        try {
            return Files.write(directory.resolve("config.json"), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectNode at(ObjectNode root, String pointer) {
        return (ObjectNode) root.at(pointer);
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
