package io.github.deqa4j.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CsvTest {
    @Test
    void namesThatASpreadsheetWouldComputeAreMadeHarmless() {
        Grid grid = new Grid(
                List.of("data set", "SRCC"),
                List.of(
                        List.of("=1+1", "-0.25"),
                        List.of("-koniq", "-1e-5"),
                        List.of("@a,b", "-"),
                        List.of("", "0.5")));
        assertThat(Csv.write(grid)).isEqualTo("data set,SRCC\n'=1+1,-0.25\n'-koniq,-1e-5\n\"'@a,b\",-\n\"\",0.5\n");
    }
}
