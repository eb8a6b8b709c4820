package io.github.deqa4j.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.deqa4j.dataset.MosFile;
import io.github.deqa4j.dataset.Opinion;
import io.github.deqa4j.dataset.SplitFile;
import io.github.deqa4j.importer.ImportedImage.Subset;
import io.github.deqa4j.testkit.Golden;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KonIqImporterTest extends DatasetImporterContract {
    private static final String HEADER = "image_name,c1,c2,c3,c4,c5,c_total,MOS,SD,set\n";

    @Override
    DatasetImporter importer() {
        return new KonIqImporter();
    }

    @Override
    void writeDataset() {
        NativeFiles.write(csv(), HEADER + """
                1.jpg,0.0,0.0,0.25,0.75,0.0,4,77.38,0.5,training
                2.jpg,0.5,0.5,0.0,0.0,0.0,4,10.5,0.57735,training
                3.jpg,0.0,0.0,1.0,0.0,0.0,4,48.0,0.0,validation
                4.jpg,0.0,0.0,0.0,0.5,0.5,4,90.0,0.57735,test
                """);
    }

    @Override
    List<Path> files() {
        return List.of(csv());
    }

    private Path csv() {
        return folder.resolve("koniq10k_distributions_sets.csv");
    }

    @Test
    void theMeanIsTheHistogramsAndNotTheColumnOnHundred() throws IOException {
        assertThat(image("1.jpg").opinion()).isEqualTo(Opinion.of("1.jpg", 3.75, java.util.OptionalDouble.of(0.5)));
        assertThat(image("3.jpg").subset()).isEqualTo(Subset.NEITHER);
    }

    @Test
    void theOfficialSplitIsTaken() throws IOException {
        Split split = Split.of(imported(), SplitSettings.standard());

        assertThat(split.train()).extracting(ImportedImage::path).containsExactly("1.jpg", "2.jpg");
        assertThat(split.test()).extracting(ImportedImage::path).containsExactly("4.jpg");
    }

    @Test
    void theOlderFileHasCountsInQuotesAndNoSplit() throws IOException {
        NativeFiles.write(folder.resolve("koniq10k_scores_and_distributions.csv"), """
                "image_name","c1","c2","c3","c4","c5","c_total","MOS","SD","MOS_zscore"\r
                "1.jpg",0,0,25,73,7,105,3.83,0.53,77.4\r
                """);

        ImportedDataset dataset = importer().read(folder);

        assertThat(dataset.hasOfficialSplit()).isFalse();
        assertThat(dataset.images().get(0).mos()).isCloseTo((3 * 25 + 4 * 73 + 5 * 7) / 105.0, within(1e-15));
    }

    @Test
    void histogramsTheWrongWayRoundAreAnError() throws IOException {
        NativeFiles.write(csv(), HEADER + """
                1.jpg,0.75,0.25,0,0,0,4,77,0.5,training
                2.jpg,0,0,0,0.5,0.5,4,10,0.5,training
                3.jpg,0,0,1,0,0,4,48,0.5,test
                """);

        assertThat(DatasetImport.run(importer(), folder, ImportSettings.standard())
                        .report()
                        .text())
                .contains(
                        "error: the means grow with what should lower them (correlation 0.99); they seem to stand the wrong way round");
    }

    @Test
    void wrongValuesAreOneSentence() throws IOException {
        expectProblem(csv(), "0.25,0.75", "-0.25,0.75", "line 2: \"c3\" is -0.25; it cannot be negative");
        expectProblem(csv(), "0.25,0.75", "nan,0.75", "line 2: \"c3\" holds \"nan\"; it must be a finite number");
        expectProblem(csv(), "1.0,0.0", "0.0,0.0", "line 4: all votes are 0; an image needs at least one");
        expectProblem(
                csv(), "validation", "dev", "line 4: \"set\" is \"dev\"; it must be training, validation or test");
        expectProblem(
                csv(),
                "image_name",
                "name",
                "line 1: there is no column \"image_name\"; the columns are \"name\", \"c1\", \"c2\", \"c3\", \"c4\", \"c5\","
                        + " \"c_total\", \"MOS\", \"SD\", \"set\"");
        expectProblem(
                csv(), "1.jpg", "../1.jpg", "line 2: the image \"../1.jpg\" is not a path below the folder of images");
    }

    @Test
    void theRealFileGivesTheAuthorsOpinions() {
        MosFile golden = MosFile.read(Golden.external("labels/mos.json"));

        DatasetImport done = real();

        assertThat(done.report().text()).startsWith("""
                koniq: 10,073 images, mos 1.096 to 4.310, std 0.2962 to 1.098
                split (official): 7,058 for training, 2,015 for the test, 1,000 in neither
                """).doesNotContain("error", "warning");
        List<Opinion> opinions = done.mos().opinions();
        assertThat(opinions).hasSameSizeAs(golden.opinions());
        for (int i = 0; i < opinions.size(); i++) {
            assertThat(opinions.get(i).path())
                    .isEqualTo(golden.opinions().get(i).path());
            assertThat(opinions.get(i).mos()).isCloseTo(golden.opinions().get(i).mos(), within(1e-9));
            assertThat(opinions.get(i).std().orElseThrow())
                    .isCloseTo(golden.opinions().get(i).std().orElseThrow(), within(1e-9));
        }
    }

    /** The authors' split is the official one without 17 images, those whose MOS lies outside 6.6 to 85.2. */
    @Test
    void theRealFileGivesTheAuthorsSplitButForTheirOutermostImages() throws IOException {
        SplitFile golden = SplitFile.read(Golden.external("labels/split.json"));
        Set<String> outermost = new HashSet<>();
        CsvTable.read(Golden.data("koniq10k_distributions_sets.csv"), CsvSettings.standard())
                .forEach(row -> {
                    if (row.number("MOS") < 6.6 || row.number("MOS") > 85.2) {
                        outermost.add(row.text("image_name"));
                    }
                });

        SplitFile split = real().split();

        assertThat(split.train()).filteredOn(name -> !outermost.contains(name)).isEqualTo(golden.train());
        assertThat(split.test()).filteredOn(name -> !outermost.contains(name)).isEqualTo(golden.test());
        assertThat(split.train().size() + split.test().size())
                .isEqualTo(golden.train().size() + golden.test().size() + 17);
    }

    private static DatasetImport real() {
        return DatasetImport.run(new KonIqImporter(), Golden.data("."), ImportSettings.standard());
    }
}
