package io.github.deqa4j.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShortestDecimalTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0.0",
        "-0.0, -0.0",
        "3, 3.0",
        "100, 100.0",
        "3.4, 3.4",
        "-0.25, -0.25",
        "1e-4, 0.0001",
        "1e-5, 1e-05",
        "8.963603389402631e-7, 8.963603389402631e-07",
        "-1.5e-300, -1.5e-300",
        "123456789012345680, 1.2345678901234568e+17",
        "1e15, 1000000000000000.0",
        "1e16, 1e+16",
        "2.0E-3, 0.002",
        "2e23, 2e+23",
        "4.9e-324, 5e-324",
        "1.7976931348623157e308, 1.7976931348623157e+308"
    })
    void numbersAreWrittenAsPythonWritesThem(double value, String written) {
        assertThat(ShortestDecimal.of(value)).isEqualTo(written);
    }

    @Test
    void whatIsWrittenReadsBackAsTheSameNumber() {
        Random random = new Random(1);
        for (int i = 0; i < 10_000; i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(value)) {
                assertThat(Double.parseDouble(ShortestDecimal.of(value))).isEqualTo(value);
            }
        }
    }
}
