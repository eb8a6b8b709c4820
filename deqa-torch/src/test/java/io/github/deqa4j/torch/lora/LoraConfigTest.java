package io.github.deqa4j.torch.lora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.deqa4j.config.InvalidConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoraConfigTest {
    private static final String Q = "model.layers.1.self_attn.q_proj";

    @TempDir
    private Path directory;

    @Test
    void scaleIsAlphaOverRank() throws IOException {
        LoraConfig config = read("'r':4,'lora_alpha':6");

        assertThat(config.rank()).isEqualTo(4);
        assertThat(config.scale()).isEqualTo(1.5);
        assertThat(config.scale(Q)).isEqualTo(1.5);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '"', textBlock = """
            'q_proj':32                           ; 8
            'layers.1.self_attn.q_proj':32        ; 8
            'model.layers.1.self_attn.q_proj':32  ; 8
            '^model.layers.1.self_attn.q_proj':32 ; 8
            'layers\\\\.[0-3]\\\\..*':32          ; 8
            'k_proj|q_proj':32                    ; 8
            'proj':32                             ; 1.5
            'self_attn':32                        ; 1.5
            'k_proj':32,'.*proj':12,'q_proj':1    ; 3
            """)
    void aPatternIsTheEndOfANameFromADotOn(String pattern, double expected) throws IOException {
        assertThat(read("'r':4,'lora_alpha':6,'alpha_pattern':{" + pattern + "}")
                        .scale(Q))
                .isEqualTo(expected);
    }

    @Test
    void rankAndStrengthOfALayerGoTogether() throws IOException {
        LoraConfig config = read(
                "'r':4,'lora_alpha':6,'use_rslora':true,'rank_pattern':{'q_proj':16},'alpha_pattern':{'q_proj':20}");

        assertThat(config.rank(Q)).isEqualTo(16);
        assertThat(config.scale(Q)).isEqualTo(5);
        assertThat(config.rank("model.lm_head")).isEqualTo(4);
        assertThat(config.scale("model.lm_head")).isEqualTo(3);
        assertThat(config.scale()).isCloseTo(6 / Math.sqrt(4), within(1e-12));
    }

    @Test
    void everySettingThatPeftWritesByDefaultIsRead() throws IOException {
        LoraConfig config = read("""
                'task_type':null,'peft_type':'LORA','auto_mapping':null,'peft_version':'0.21.0',
                'base_model_name_or_path':'a/b','revision':null,'inference_mode':true,'r':8,'target_modules':['q_proj'],
                'exclude_modules':null,'lora_alpha':8,'lora_dropout':0.05,'fan_in_fan_out':false,'bias':'none',
                'use_rslora':false,'modules_to_save':[],'init_lora_weights':true,'layers_to_transform':null,
                'layers_pattern':null,'rank_pattern':{},'alpha_pattern':{},'megatron_config':null,
                'megatron_core':'megatron.core','trainable_token_indices':null,'loftq_config':{},'eva_config':null,
                'corda_config':null,'lora_ga_config':null,'use_dora':false,'velora_config':null,
                'alora_invocation_tokens':null,'use_qalora':false,'qalora_group_size':16,'monteclora_config':null,
                'layer_replication':null,'lora_bias':false,'target_parameters':null,'use_bdlora':null,
                'arrow_config':null,'kasa_config':null,'ensure_weight_tying':false""");

        assertThat(config.scale(Q)).isEqualTo(1);
        assertThat(config.mustAdapt(Q)).isTrue();
        assertThat(config.mayAdapt("model.layers.1.self_attn.k_proj")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"true", "false", "'gaussian'", "'eva'", "'orthogonal'", "'mica'", "'Gaussian'"})
    void startsThatLeaveTheBaseAsItIs(String start) throws IOException {
        String json = start.equals("true") || start.equals("false") ? start : "'" + start + "'";

        assertThat(read("'r':1,'lora_alpha':1,'init_lora_weights':" + json).scale())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pissa", "pissa_niter_16", "olora", "corda", "loftq", "lora_ga", "unheard_of"})
    void startsThatChangeTheBaseAreRefusedByName(String start) {
        assertRefused(
                "'r':1,'lora_alpha':1,'init_lora_weights':'" + start + "'",
                "\"init_lora_weights\" is \"" + start
                        + "\"; such an adapter fits a base whose weights were changed when it was made. Save it as a plain"
                        + " adapter: PEFT's save_pretrained does so with path_initial_model_for_weight_conversion");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            'use_dora':true                     | 'use_dora' is true
            'lora_bias':true                    | 'lora_bias' is true
            'trainable_token_indices':[1,2]     | 'trainable_token_indices' is [1,2]
            'layer_replication':[[0,2]]         | 'layer_replication' is [[0,2]]
            'target_parameters':['w']           | 'target_parameters' is ['w']
            'megatron_config':{'a':1}           | 'megatron_config' is {'a':1}
            'use_qalora':true                   | 'use_qalora' is true
            'velora_config':{'scale':1}         | 'velora_config' is {'scale':1}
            'kasa_config':{'beta':1}            | 'kasa_config' is {'beta':1}
            'monteclora_config':{'a':1}         | 'monteclora_config' is {'a':1}
            'arrow_config':{'top_k':3}          | 'arrow_config' is {'top_k':3}
            'alora_invocation_tokens':[5]       | 'alora_invocation_tokens' is [5]
            'use_bdlora':{'nblocks':2}          | 'use_bdlora' is {'nblocks':2}
            'ensure_weight_tying':true          | 'ensure_weight_tying' is true
            """)
    void variantsAreRefusedByName(String setting, String problem) {
        assertRefused(
                "'r':1,'lora_alpha':1," + setting,
                problem.replace('\'', '"') + "; it must be null or absent; what it asks for is not supported");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            'bias':'all'               | 'bias' is 'all'; it must be 'none', which alone is supported
            'bias':'lora_only'         | 'bias' is 'lora_only'; it must be 'none', which alone is supported
            'fan_in_fan_out':true      | 'fan_in_fan_out' is true; it must be false, which alone is supported
            'peft_type':'LOHA'         | 'peft_type' is 'LOHA'; it must be 'LORA', which alone is supported
            'use_rslora':'yes'         | 'use_rslora' is 'yes'; it must be true or false
            'rank_pattern':{'q':0}     | 'rank_pattern.q' is 0; it must be a positive whole number
            'alpha_pattern':{'q':null} | 'alpha_pattern.q' is missing; the file cannot be used without it
            'alpha_pattern':[1]        | 'alpha_pattern' is [1]; it must be an object
            'alpha_pattern':{'(':1}    | 'alpha_pattern.(' is not a valid regular expression (Unclosed group)
            'target_modules':'*'       | 'target_modules' is not a valid regular expression (Dangling meta character '*')
            'layers_to_transform':-1   | 'layers_to_transform' is -1; it must be a whole number or an array of whole numbers
            'warp':0.5                 | 'warp' is 0.5; this key is not known, and what it asks for could change the scores; remove it if it cannot
            """)
    void whatCannotBeIsRefusedByName(String setting, String problem) {
        String expected = problem.contains("Dangling")
                ? "\"target_modules\" is not a valid regular expression (Dangling meta character '*')"
                : problem.replace('\'', '"');
        assertRefused("'r':1,'lora_alpha':1," + setting, expected);
    }

    @Test
    void anExpressionThatNeverEndsIsRefused() throws IOException {
        LoraConfig config = read("'r':1,'lora_alpha':1,'alpha_pattern':{'(a+)+\\\\1b':2}");

        assertThatThrownBy(() -> config.scale("layers." + "a".repeat(64)))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageEndingWith(
                        "\"alpha_pattern.(a+)+\\1b\" is a regular expression that takes too long to match; simplify it");
    }

    @Test
    void anEndlessExpressionIsRefused() {
        assertThatThrownBy(() -> read("'r':1,'lora_alpha':1,'target_modules':'" + "(".repeat(3000) + "'"))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageEndingWith("\"target_modules\" has more than 2000 characters");
    }

    private void assertRefused(String settings, String problem) {
        assertThatThrownBy(() -> read(settings))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessage(directory.resolve("adapter_config.json") + ": " + problem);
    }

    private LoraConfig read(String settings) throws IOException {
        return LoraConfig.read(
                Files.writeString(directory.resolve("adapter_config.json"), "{" + settings.replace('\'', '"') + "}"));
    }
}
