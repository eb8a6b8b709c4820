package io.github.deqa4j.image.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deqa4j.DeqaException;
import org.junit.jupiter.api.Test;

class ReaderSettingsTest {
    @Test
    void theStandardIsPillowsLimitAndNoTurning() {
        assertThat(ReaderSettings.standard()).isEqualTo(new ReaderSettings(178_956_970, false, DeepGray.CLIPPED));
    }

    @Test
    void eachSettingIsReplacedAlone() {
        assertThat(ReaderSettings.standard().withMaxPixels(9))
                .isEqualTo(new ReaderSettings(9, false, DeepGray.CLIPPED));
        assertThat(ReaderSettings.standard().withApplyExifOrientation(true))
                .isEqualTo(new ReaderSettings(178_956_970, true, DeepGray.CLIPPED));
        assertThat(ReaderSettings.standard().withDeepGray(DeepGray.SCALED))
                .isEqualTo(new ReaderSettings(178_956_970, false, DeepGray.SCALED));
    }

    @Test
    void aLimitThatNoArrayCanHoldIsRefused() {
        assertThatThrownBy(() -> new ReaderSettings(0, false, DeepGray.CLIPPED))
                .isExactlyInstanceOf(DeqaException.class)
                .hasMessage("\"maxPixels\" is 0; it must be from 1 to 715827882");
        assertThatThrownBy(() -> new ReaderSettings(715_827_883, false, DeepGray.CLIPPED))
                .hasMessageContaining("715827883");
    }
}
