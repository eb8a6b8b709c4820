package io.github.deqa4j.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deqa4j.InvalidSettingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HubSettingsTest {
    @TempDir
    private Path home;

    @Test
    void withoutVariablesItIsThePublicHubAndTheUsualFolder() {
        HubSettings settings = HubSettings.of(Map.of("HF_HOME", " "), home);
        assertThat(settings.endpoint()).hasToString("https://huggingface.co");
        assertThat(settings.cache()).isEqualTo(home.resolve(".cache/huggingface/hub"));
        assertThat(settings.token()).isEmpty();
        assertThat(settings.offline()).isFalse();
    }

    @Test
    void theNarrowerVariableWins() {
        assertThat(HubSettings.of(Map.of("XDG_CACHE_HOME", "/x", "HF_HOME", "/h", "HF_HUB_CACHE", "~/c"), home)
                        .cache())
                .isEqualTo(home.resolve("c"));
        assertThat(HubSettings.of(Map.of("XDG_CACHE_HOME", "/x", "HF_HOME", "/h"), home)
                        .cache())
                .isEqualTo(Path.of("/h/hub"));
        assertThat(HubSettings.of(Map.of("XDG_CACHE_HOME", "/x"), home).cache())
                .isEqualTo(Path.of("/x/huggingface/hub"));
    }

    @Test
    void theTokenIsThatOfTheVariableOrElseOfTheFile() throws Exception {
        Files.writeString(home.resolve("token"), "of_file\n");
        Files.writeString(home.resolve("other"), "of_path\n");
        Map<String, String> file = Map.of("HF_HOME", home.toString());
        assertThat(HubSettings.of(file, home).token()).contains("of_file");
        assertThat(HubSettings.of(Map.of("HF_TOKEN_PATH", home.resolve("other").toString()), home)
                        .token())
                .contains("of_path");
        assertThat(HubSettings.of(Map.of("HF_HOME", home.toString(), "HF_TOKEN", "of_variable"), home)
                        .token())
                .contains("of_variable");
    }

    @ParameterizedTest
    @CsvSource({"1,true", "true,true", "Yes,true", "ON,true", "0,false", "no,false"})
    void offlineIsAYes(String value, boolean offline) {
        assertThat(HubSettings.of(Map.of("HF_HUB_OFFLINE", value), home).offline())
                .isEqualTo(offline);
    }

    @Test
    void aSlashAtTheEndOfTheAddressIsDropped() {
        assertThat(HubSettings.of(Map.of("HF_ENDPOINT", "http://127.0.0.1:80/hub/"), home)
                        .endpoint())
                .hasToString("http://127.0.0.1:80/hub");
    }

    @ParameterizedTest
    @ValueSource(strings = {"huggingface.co", "ftp://a", "http://", "http://a b", "https://a?b", "https://u:p@a"})
    void anAddressOfAnotherKindIsRefused(String address) {
        Map<String, String> environment = Map.of("HF_ENDPOINT", address);
        assertThatThrownBy(() -> HubSettings.of(environment, home))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("the address of the hub is ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://me:hf_se@cret@a", "https://me:hf_se@cret@a b", "me:hf_se@cret@a"})
    void aPasswordInTheAddressIsRefusedAndNotShown(String address) {
        assertThatThrownBy(() -> HubSettings.of(Map.of("HF_ENDPOINT", address), home))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("…@a")
                .hasMessageNotContainingAny("me:", "hf_se", "cret");
    }

    @Test
    void theTokenIsNeverShown() {
        Map<String, String> broken = Map.of("HF_TOKEN", "hf_se\ncret");
        assertThatThrownBy(() -> HubSettings.of(broken, home))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageNotContainingAny("hf_se", "cret");
        assertThat(HubSettings.of(Map.of("HF_TOKEN", "hf_secret"), home).toString())
                .contains("with a token")
                .doesNotContain("hf_secret");
    }
}
