package io.github.deqa4j.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deqa4j.InvalidSettingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HubRepositoryTest {
    @Test
    void aRevisionStandsBehindTheName() {
        assertThat(HubRepository.parse("a/b")).isEqualTo(new HubRepository("a/b", "main"));
        assertThat(HubRepository.parse("a/b@refs/pr/1")).isEqualTo(new HubRepository("a/b", "refs/pr/1"));
        assertThat(HubRepository.parse("gpt2@v1").folder()).isEqualTo("models--gpt2");
        assertThat(HubRepository.parse("Some_One/De.QA-1").folder()).isEqualTo("models--Some_One--De.QA-1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a--b",
                "a/b/c",
                "/b",
                "a/",
                "../b",
                "a/..",
                "a/b..c",
                "a--b/c",
                "a/-b",
                "a/b-",
                "a/.b",
                "a/b.git",
                "a/b c",
                "a\\b/c",
                "a/b@",
                "a/b@../x",
                "a/b@x/../y",
                "a/b@/x",
                "a/b@x y",
                "a/b@nul",
                "a/b@x\n",
                "a/b@a@b"
            })
    void whatCannotBeARepositoryIsRefused(String text) {
        assertThatThrownBy(() -> HubRepository.parse(text))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining(" cannot be one");
    }
}
