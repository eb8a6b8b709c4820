package io.github.deqa4j.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CsvTest {
    @Test
    void aLineHasQuotesWhereTheyAreNeeded() {
        assertThat(Csv.line(List.of("ü.png", "", "a,b", "say \"x\"", "1.5")))
                .isEqualTo("ü.png,,\"a,b\",\"say \"\"x\"\"\",1.5");
        assertThat(Csv.line(List.of("", "x"))).isEqualTo(",x");
    }

    @Test
    void formulasAreGuarded() {
        assertThat(Csv.guarded("=1+1")).isEqualTo("'=1+1");
        assertThat(Csv.guarded("-5")).isEqualTo("'-5");
        assertThat(Csv.guarded("a=1")).isEqualTo("a=1");
        assertThat(Csv.guarded("")).isEmpty();
    }

    @Test
    void namesThatASpreadsheetWouldComputeAreMadeHarmless() {
        TextTable table = new TextTable(
                List.of("data set", "SRCC"),
                List.of(
                        List.of("=1+1", "-0.25"),
                        List.of("-koniq", "-1e-5"),
                        List.of("@a,b", "-"),
                        List.of("", "0.5")));
        assertThat(Csv.write(table)).isEqualTo("data set,SRCC\n'=1+1,-0.25\n'-koniq,-1e-5\n\"'@a,b\",-\n\"\",0.5\n");
    }
}
