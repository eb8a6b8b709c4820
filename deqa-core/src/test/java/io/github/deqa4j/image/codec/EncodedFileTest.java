package io.github.deqa4j.image.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deqa4j.image.UnreadableImageException;
import io.github.deqa4j.image.UnreadableImageException.Reason;
import org.junit.jupiter.api.Test;

class EncodedFileTest {
    private final EncodedFile file = new EncodedFile("p", new byte[] {1, 2, 3, 4}, ReaderSettings.standard());

    @Test
    void memoryIsCheckedAgainstTheWholeHeap() {
        assertThatCode(() -> EncodedFile.checkMemory("p", 3 << 20, 3 << 20)).doesNotThrowAnyException();
        assertThatThrownBy(() -> EncodedFile.checkMemory("p", (3 << 20) + 1, 3 << 20))
                .isExactlyInstanceOf(UnreadableImageException.class)
                .hasMessage(
                        "p: the image needs 4 MiB of memory, but Java's heap is limited to 3 MiB; raise the limit with"
                                + " Java's option -Xmx, or scale the image down")
                .extracting(e -> ((UnreadableImageException) e).reason())
                .isEqualTo(Reason.MEMORY);
        assertThatThrownBy(() -> file.checkMemory(Long.MAX_VALUE >> 1)).hasMessageStartingWith("p: the image needs ");
    }

    @Test
    void numbersAreReadInBothOrders() {
        assertThat(file.u16(1)).isEqualTo(0x0203);
        assertThat(file.u16Little(1)).isEqualTo(0x0302);
        assertThat(file.u32(0)).isEqualTo(0x01020304);
        assertThat(file.u32Little(0)).isEqualTo(0x04030201);
    }

    @Test
    void readingBeyondTheEndIsDamage() {
        assertThatThrownBy(() -> file.u16(3))
                .hasMessage(
                        "p: the file is cut short: it ends after 4 bytes, but byte 4 is needed; get a complete copy");
        assertThat(file.damaged("x").reason()).isEqualTo(Reason.DAMAGED);
        assertThat(file.unsupported("x").reason()).isEqualTo(Reason.UNSUPPORTED);
        assertThat(file.tooLarge("x").reason()).isEqualTo(Reason.TOO_LARGE);
    }
}
