package io.github.deqa4j.importer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class Agiqa3kImporterTest extends DatasetImporterContract {
    private static final String TEXT = """
                name,prompt,adj1,style,mos_quality,std_quality,mos_align,std_align\r
                AttnGAN_normal_000.jpg,"statue, of a ""man""\",,,1.0075885,0.34,0.64,0.21\r
                glide_normal_001.jpg,cats,,anime,2.5,0.5,0.64,0.21\r
                sd_normal_002.jpg,dogs,sharp,,3.25,0.75,0.64,0.21\r
                mj_normal_003.jpg,birds,,,4,0.25,0.64,0.21\r
                """;

    @Override
    DatasetImporter importer() {
        return new Agiqa3kImporter();
    }

    @Override
    void writeDataset() {
        NativeFiles.write(csv(), TEXT);
    }

    @Override
    List<Path> files() {
        return List.of(csv());
    }

    private Path csv() {
        return folder.resolve("data.csv");
    }

    @Test
    void qualityIsReadAndAlignmentIsNot() throws IOException {
        ImportedImage image = image("AttnGAN_normal_000.jpg");

        assertThat(image.opinion().mosText()).isEqualTo("1.0075885");
        assertThat(image.opinion().std()).hasValue(0.34);
    }

    @Test
    void encodingsThatSayWhatTheyAreAreRead() throws IOException {
        ImportedDataset expected = imported();

        Files.write(csv(), ("\uFEFF" + TEXT).getBytes(StandardCharsets.UTF_8));
        assertThat(importer().read(folder)).isEqualTo(expected);
        Files.write(csv(), TEXT.getBytes(StandardCharsets.UTF_16)); // big-endian with its mark
        assertThat(importer().read(folder)).isEqualTo(expected);
        Files.write(csv(), ("\uFEFF" + TEXT).getBytes(StandardCharsets.UTF_16LE));
        assertThat(importer().read(folder)).isEqualTo(expected);
        Files.write(csv(), TEXT.replace("\r\n", "\n").getBytes(StandardCharsets.UTF_8));
        assertThat(importer().read(folder)).isEqualTo(expected);
    }

    @Test
    void otherEncodingsAreOneSentence() throws IOException {
        Files.write(csv(), TEXT.replace("cats", "caf\u00E9").getBytes(StandardCharsets.ISO_8859_1));
        assertThat(problem())
                .hasValue(
                        csv()
                                + ": line 3: the byte 0xE9 is not valid UTF-8; the file is in another encoding, so save it as UTF-8");

        Files.write(csv(), TEXT.getBytes(StandardCharsets.UTF_16LE));
        assertThat(problem())
                .hasValue(csv() + ": line 1: there is a zero byte; the file is binary or in UTF-16 without a mark,"
                        + " so save it as UTF-8");
    }

    @Test
    void otherTablesAreOneSentence() throws IOException {
        expectProblem(
                csv(),
                "mos_quality,std_quality",
                "mos;std",
                "line 1: there is no column \"mos_quality\"; the columns are \"name\", \"prompt\", \"adj1\", \"style\","
                        + " \"mos;std\", \"mos_align\", \"std_align\"");
        expectProblem(csv(), "adj1", "prompt", "line 1: two columns are named \"prompt\"; rename one");
        expectProblem(
                csv(),
                "cats",
                "\"cats",
                "line 5: the quotes do not match; a value in quotes ends with a quote, and one within it is doubled");
        NativeFiles.write(csv(), TEXT.replace(',', ';'));
        assertThat(problem())
                .hasValueSatisfying(message -> assertThat(message)
                        .startsWith(csv() + ": line 1: there is no column \"name\"; the columns are ")
                        .endsWith("; the values seem to be separated by semicolons, so save the file with commas,"
                                + " or read it as a table of your own with this separator, and with decimal commas where numbers"
                                + " are written as 3,4"));
    }
}
