package io.github.deqa4j.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.importer.ImportedImage.Subset;
import io.github.deqa4j.importer.TableColumns.Histogram;
import io.github.deqa4j.importer.TableColumns.MeanAndStd;
import io.github.deqa4j.importer.TableColumns.Ratings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class TableImporterTest {
    private static TableColumns columns(TableColumns.RatingForm opinions) {
        return new TableColumns("file", opinions, Optional.of("ref"), Optional.empty(), false, Optional.empty());
    }

    private static DatasetImporter csv(TableColumns columns) {
        return new TableImporter(TableImporter.Format.CSV, columns, CsvSettings.standard());
    }

    private static DatasetImporter json(TableColumns columns) {
        return new TableImporter(TableImporter.Format.JSON, columns, CsvSettings.standard());
    }

    abstract static class TableContract extends DatasetImporterContract {
        @Override
        Path source() {
            return folder.resolve("table");
        }

        @Override
        List<Path> files() {
            return List.of(source());
        }
    }

    @Nested
    class MeansInCsv extends TableContract {
        @Override
        DatasetImporter importer() {
            return csv(columns(new MeanAndStd("score", Optional.of("spread"))));
        }

        @Override
        void writeDataset() {
            NativeFiles.write(
                    source(),
                    "file,ref,score,spread\n\"a, b.png\",A,3.40,0.5\nsub\\c.png,A,-2,\n./d.png,B,4e1,0\ne.png,B,3.5,1\n\n,,,\n");
        }

        @Test
        void namesAndNumbersAreReadAsWritten() throws IOException {
            assertThat(image("a, b.png").opinion().mosText()).isEqualTo("3.40");
            assertThat(image("sub/c.png").opinion().std()).isEmpty();
            assertThat(image("d.png").mos()).isEqualTo(40);
            assertThat(imported().images()).hasSize(4);
        }

        @Test
        void wrongValuesAreOneSentence() throws IOException {
            expectProblem(source(), "3.40", "1d", "line 2: \"score\" holds \"1d\"; it must be a finite number");
            expectProblem(
                    source(),
                    "3.40",
                    "\"3,40\"",
                    "line 2: \"score\" holds 3,40, a decimal comma; use a decimal point, or read it as a table of your own with decimal commas");
            expectProblem(source(), "3.40", "1e999", "line 2: \"score\" holds \"1e999\"; it must be a finite number");
            expectProblem(
                    source(),
                    "sub",
                    "/etc",
                    "line 3: the image \"/etc\\c.png\" is not a path below the folder of images");
        }

        @Test
        void aColumnOfSpreadsThatIsNamedMustBeThere() throws IOException {
            expectProblem(
                    source(),
                    "spread",
                    "SD",
                    "line 1: there is no column \"spread\"; the columns are \"file\", \"ref\", \"score\", \"SD\"");
        }

        @Test
        void aColumnWhoseNameDiffersInCaseIsNamed() throws IOException {
            expectProblem(
                    source(),
                    "score",
                    "Score",
                    "line 1: there is no column \"score\"; did you mean \"Score\"? The columns are \"file\", \"ref\","
                            + " \"Score\", \"spread\"");
            NativeFiles.write(source(), "image,mos,STD\na.png,1,1\nb.png,2,1\n");
            assertThatExceptionOfType(DeqaException.class)
                    .isThrownBy(() -> csv(TableColumns.standard()).read(source()))
                    .withMessage(
                            source() + ": line 1: there is no column \"std\"; did you mean \"STD\"? The columns are"
                                    + " \"image\", \"mos\", \"STD\"");
        }

        @Test
        void anotherSeparatorIsNamed() {
            expectHeaderProblem(
                    "file;score;spread\na.png;3,4;0,5\n",
                    "\"file;score;spread\"; the values seem to be separated by semicolons, so save the file with commas, or read"
                            + " it as a table of your own with this separator, and with decimal commas where numbers are"
                            + " written as 3,4",
                    ';');
            expectHeaderProblem(
                    "file\tscore\tspread\na.png\t3.4\t0.5\n",
                    "\"file\\tscore\\tspread\"; the values seem to be separated by tabs, so save the file with commas, or read it"
                            + " as a table of your own with this separator",
                    '\t');
        }

        private void expectHeaderProblem(String text, String message, char separator) {
            NativeFiles.write(source(), text);
            assertThatExceptionOfType(TableFormatException.class)
                    .isThrownBy(() -> importer().read(source()))
                    .withMessage(source() + ": line 1: there is no column \"ref\"; the columns are " + message)
                    .satisfies(problem -> assertThat(problem.separator()).contains(separator))
                    .satisfies(problem -> assertThat(problem.decimalComma()).isEqualTo(separator == ';'));
        }

        @Test
        void aFolderIsNoTable() throws IOException {
            Path directory = Files.createDirectory(folder.resolve("tables"));
            assertThatExceptionOfType(DeqaException.class)
                    .isThrownBy(() -> importer().read(directory))
                    .withMessage(directory + ": this is a folder; name a file");
        }

        @Test
        void aTableWithoutRowsIsOneSentence() {
            NativeFiles.write(source(), "file,ref,score,spread\n");

            assertThat(problem()).hasValue(source() + ": the table has no rows");
        }
    }

    @Nested
    class VotesInCsv extends TableContract {
        @Override
        DatasetImporter importer() {
            return csv(columns(new Histogram(List.of("bad", "fair", "good"))));
        }

        @Override
        void writeDataset() {
            NativeFiles.write(
                    source(), "file,ref,bad,fair,good\na.png,A,1,2,1\nb.png,A,0,0,1\nc.png,B,3,0,0\nd.png,B,1,0,1\n");
        }

        @Test
        void gradesCountFromOne() throws IOException {
            assertThat(image("a.png").mos()).isEqualTo(2);
            assertThat(image("b.png").mos()).isEqualTo(3);
        }

        @Test
        void theSpreadOfCountsIsThatOfTheSameRatingsInRows() throws IOException {
            assertThat(image("a.png").opinion().std().orElseThrow()).isCloseTo(Math.sqrt(2 / 3.0), within(1e-15));
            assertThat(image("d.png").opinion().std().orElseThrow()).isCloseTo(Math.sqrt(2), within(1e-15));
            assertThat(image("c.png").opinion().std()).hasValue(0);
            assertThat(image("b.png").opinion().std()).isEmpty(); // a single vote, as a single rating
            assertThat(imported().notes()).isEmpty();
        }

        @Test
        void theSpreadOfSharesIsTheHistogramsAndIsSaid() throws IOException {
            NativeFiles.write(source(), "file,ref,bad,fair,good\na.png,A,0.25,0.5,0.25\nb.png,A,0,0,1\n");
            ImportedDataset dataset = importer().read(source());
            assertThat(dataset.images().get(0).opinion().std().orElseThrow()).isCloseTo(Math.sqrt(0.5), within(1e-15));
            assertThat(dataset.images().get(1).opinion().std()).hasValue(0);
            assertThat(dataset.notes())
                    .containsExactly(
                            "the votes are shares, so the number of raters is not known and the standard deviations"
                                    + " are divided by n; those of counts are divided by n - 1");
        }
    }

    @Nested
    class RatingsInCsv extends TableContract {
        @Override
        DatasetImporter importer() {
            return csv(columns(new Ratings("vote")));
        }

        @Override
        void writeDataset() {
            NativeFiles.write(
                    source(),
                    "file,ref,rater,vote\nb.png,A,1,4\na.png,A,1,5\nb.png,A,2,2\nc.png,B,1,1\nd.png,B,1,1\nb.png,A,3,3\n");
        }

        @Test
        void imagesComeInTheOrderOfTheirFirstRating() throws IOException {
            assertThat(imported().images())
                    .extracting(ImportedImage::path)
                    .containsExactly("b.png", "a.png", "c.png", "d.png");
        }

        @Test
        void theSpreadIsTheSamplesAndASingleRatingHasNone() throws IOException {
            assertThat(image("b.png").mos()).isEqualTo(3);
            assertThat(image("b.png").opinion().std()).hasValue(1);
            assertThat(image("a.png").opinion().std()).isEmpty();
        }

        @Test
        void aImageOfTwoReferencesIsOneSentence() throws IOException {
            expectProblem(
                    source(),
                    "b.png,A,2",
                    "b.png,B,2",
                    "line 4: the image \"b.png\" has another reference or part here than in a row before");
        }
    }

    @Nested
    class MeansInJsonArray extends TableContract {
        @Override
        DatasetImporter importer() {
            return json(columns(new MeanAndStd("score", Optional.of("spread"))));
        }

        @Override
        void writeDataset() {
            NativeFiles.write(source(), """
                    [{"file": "a.png", "ref": "A", "score": 3.4, "spread": "0.5"},
                     {"file": "b.png", "ref": 2, "score": "3.50", "spread": null},
                     {"file": "c.png", "ref": "A", "score": 1},
                     {"file": "d.png", "ref": "A", "score": 2e0, "more": [1]}]
                    """);
        }

        @Test
        void aFieldOfSpreadsThatIsNamedMustBeThere() {
            NativeFiles.write(source(), "[{\"file\": \"a.png\", \"ref\": \"A\", \"score\": 3, \"SD\": 1}]");
            assertThat(problem())
                    .hasValue(source() + ": no image has a value for \"spread\"; name the column of the standard"
                            + " deviations, or none with that name if there are no such");
        }

        @Test
        void numbersMayBeTexts() throws IOException {
            assertThat(image("a.png").opinion().std()).hasValue(0.5);
            assertThat(image("b.png").opinion().mosText()).isEqualTo("3.50");
            assertThat(image("b.png").reference()).hasValue("2");
        }

        @Test
        void wrongValuesAreOneSentence() throws IOException {
            expectProblem(source(), "1}", "[1]}", "line 3: \"score\" holds \"[1]\"; it must be one value");
            expectProblem(source(), "\"score\": 1}", "\"mos\": 1}", "line 3: \"score\" is empty; it must have a value");
            expectProblem(source(), "[{", "[3, {", "line 1: there is \"3\" where an object of fields must stand");
            expectProblem(
                    source(),
                    "[1]}]",
                    "[1]}] x",
                    "line 4, column 60: this is not valid JSON: there is x where a value must stand");
            NativeFiles.write(source(), "[".repeat(100_000));
            assertThat(problem()).hasValue(source() + ": line 1: this is not valid JSON: it is nested too deeply");
            NativeFiles.write(source(), "[{\"file\": \"a.png\",\n \"ref\": ");
            assertThat(problem())
                    .hasValue(source() + ": line 2, column 9: this is not valid JSON: the text ends too soon");
        }

        @Test
        void aFieldWhoseNameDiffersInCaseIsNamed() throws IOException {
            expectProblem(
                    source(), "\"score\": 1", "\"Score\": 1", "line 3: there is no \"score\"; did you mean \"Score\"?");
        }
    }

    @Nested
    class MeansInJsonObject extends TableContract {
        @Override
        DatasetImporter importer() {
            return json(TableColumns.standard());
        }

        @Override
        void writeDataset() {
            NativeFiles.write(source(), """
                    {"a.png": {"mos": "3.40", "std": "0.58"}, "b.png": {"mos": 2.5},
                     "c.png": {"mos": 2}, "d.png": {"mos": 1}}""");
        }

        @Test
        void theKeyIsTheImage() throws IOException {
            assertThat(image("a.png").opinion().mosText()).isEqualTo("3.40");
            assertThat(image("b.png").mos()).isEqualTo(2.5);
        }

        @Test
        void aImageThatStandsTwiceIsOneSentence() throws IOException {
            expectProblem(
                    source(),
                    "b.png",
                    "a.png",
                    "line 1, column 50: this is not valid JSON: the key \"a.png\" stands twice");
        }
    }

    @Nested
    class OnAScale extends TableContract {
        private final RatingScale scale = new RatingScale(1, 5);

        @Override
        DatasetImporter importer() {
            return csv(columns(new MeanAndStd("score", Optional.of("spread")), false));
        }

        private TableColumns columns(TableColumns.RatingForm opinions, boolean lowerIsBetter) {
            return new TableColumns(
                    "file", opinions, Optional.empty(), Optional.empty(), lowerIsBetter, Optional.of(scale));
        }

        @Override
        void writeDataset() {
            NativeFiles.write(source(), "file,score,spread\na.png,1,0.5\nb.png,5,0.5\nc.png,3.2,0.5\nd.png,2,0.5\n");
        }

        @Test
        void whatLiesOutsideIsOneSentence() throws IOException {
            expectProblem(
                    source(),
                    "3.2",
                    "77.4",
                    "line 4: \"score\" is 77.4; it must lie between 1.0 and 5.0, the ends of the given scale");
            expectProblem(
                    source(),
                    "3.2",
                    "0.99",
                    "line 4: \"score\" is 0.99; it must lie between 1.0 and 5.0, the ends of the given scale");
            NativeFiles.write(source(), "file,vote\na.png,3\na.png,6\n");
            assertThatExceptionOfType(DeqaException.class)
                    .isThrownBy(() -> csv(columns(new Ratings("vote"), false)).read(source()))
                    .withMessage(source()
                            + ": line 3: \"vote\" is 6; it must lie between 1.0 and 5.0, the ends of the given scale");
        }

        @Test
        void theEndsAreTurnedOver() throws IOException {
            writeDataset();
            ImportedDataset dataset = csv(columns(new MeanAndStd("score", Optional.empty()), true))
                    .read(source());
            assertThat(dataset.images().get(3).mos()).isEqualTo(4);
            assertThat(dataset.facts().scale()).hasValue(scale);
        }

        @Test
        void ratingsThatAreThereTellHowFarTheirScaleReaches() throws IOException {
            NativeFiles.write(source(), "file,ref,vote\na.png,A,3\na.png,A,5\nb.png,B,2\n");
            assertThat(csv(TableImporterTest.columns(new Ratings("vote")))
                            .read(source())
                            .facts()
                            .scale())
                    .hasValue(new RatingScale(2, 5));
            NativeFiles.write(source(), "file,ref,c1,c2,c3\na.png,A,1,0,4\nb.png,B,0,3,3\n");
            assertThat(csv(TableImporterTest.columns(new Histogram(List.of("c1", "c2", "c3"))))
                            .read(source())
                            .facts()
                            .scale())
                    .hasValue(new RatingScale(1, 3));
        }

        @Test
        void votesHaveAScaleOfTheirOwn() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> columns(new Histogram(List.of("c1", "c2")), false))
                    .withMessage("votes are for the grades 1, 2, …, so leave out the scale");
        }
    }

    @Nested
    class Options extends TableContract {
        @Override
        DatasetImporter importer() {
            return new TableImporter(
                    TableImporter.Format.CSV,
                    new TableColumns(
                            "file",
                            new MeanAndStd("score", Optional.of("spread")),
                            Optional.empty(),
                            Optional.of("set"),
                            true,
                            Optional.empty()),
                    new CsvSettings(';', true));
        }

        @Override
        void writeDataset() {
            NativeFiles.write(
                    source(),
                    "file;score;spread;set\na.png;1,5;0,5;train\nb.png;4;0,25;test\nc.png;5;1;val\nd.png;2;1;Training\n");
        }

        @Test
        void decimalCommasAreReadAndOpinionsTurnedOver() throws IOException {
            assertThat(image("a.png").mos()).isEqualTo(5);
            assertThat(image("a.png").opinion().std()).hasValue(0.5);
            assertThat(image("c.png").mos()).isEqualTo(1.5);
            assertThat(imported().notes())
                    .containsExactly("lower was better: the opinions are turned over between 1.5 and 5.0");
        }

        @Test
        void theSplitColumnIsTheOfficialSplit() throws IOException {
            assertThat(imported().images())
                    .extracting(ImportedImage::subset)
                    .containsExactly(Subset.TRAIN, Subset.TEST, Subset.NEITHER, Subset.TRAIN);
        }
    }

    @Test
    void settingsThatCannotBeAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CsvSettings(',', true))
                .withMessage("numbers with a decimal comma need another separator than the comma, such as ;");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CsvSettings('1', false))
                .withMessage("the separator \"1\" cannot stand between values");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Histogram(List.of("c1")))
                .withMessage("a histogram needs at least two columns, not 1");
    }
}
