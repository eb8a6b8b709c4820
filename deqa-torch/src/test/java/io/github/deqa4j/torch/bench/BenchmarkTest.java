package io.github.deqa4j.torch.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deqa4j.image.codec.ReaderSettings;
import io.github.deqa4j.image.reader.ImageReader;
import io.github.deqa4j.score.Device;
import io.github.deqa4j.score.Precision;
import io.github.deqa4j.score.Prompt;
import io.github.deqa4j.testkit.Golden;
import io.github.deqa4j.torch.bench.BenchmarkReport.Memory;
import io.github.deqa4j.torch.bench.BenchmarkReport.Percentiles;
import io.github.deqa4j.torch.bench.BenchmarkReport.StageShare;
import io.github.deqa4j.torch.bench.MachineSpeed.Shape;
import io.github.deqa4j.torch.bench.NetworkCost.Product;
import io.github.deqa4j.torch.bench.PassTimes.Pass;
import io.github.deqa4j.torch.load.ModelFiles;
import io.github.deqa4j.torch.network.NetworkSettings;
import io.github.deqa4j.torch.nn.ProcFile;
import io.github.deqa4j.torch.nn.RandomStream;
import io.github.deqa4j.torch.nn.Stage;
import java.lang.module.ModuleFinder;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.PrimitiveIterator;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BenchmarkTest {
    @Test
    void aStoppedBenchmarkHasNoReport() {
        AtomicInteger steps = new AtomicInteger();
        Benchmark benchmark = new Benchmark(
                ModelFiles.open(Optional.of(Golden.mini().resolve("compact")), Optional.empty(), Optional.empty()),
                new NetworkSettings(
                        Optional.empty(), Prompt.SCORER, Precision.FLOAT32, Device.CPU, new RandomStream(0)),
                new BenchmarkSettings(List.of(), OptionalInt.of(1), 5, false),
                steps::incrementAndGet,
                () -> steps.get() == 2);

        assertThat(benchmark.run()).isEmpty();
        assertThat(steps).hasValue(2);
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void everyPrecisionHasAPeak(Precision precision) {
        double peak = MachineSpeed.peak(precision, List.of(new Shape(64, 32, 2, List.of(1, 8))))
                .orElseThrow();
        assertThat(peak).isPositive().isFinite();
    }

    @Test
    void memoryIsRead() {
        assertThat(MachineSpeed.readBandwidth(2)).isPositive().isFinite();
    }

    @Test
    void aStageHasAllItsTimeAndNoneBetweenTwo() {
        PrimitiveIterator.OfLong clock = LongStream.of(10, 13, 13, 20, 30, 35).iterator();
        StageTimes times = new StageTimes(clock::nextLong);
        times.enter(Stage.TRUNK); // 10 to 13
        times.enter(Stage.HEAD); // 13 to 20
        times.leave();
        times.leave();
        times.enter(Stage.TRUNK); // 30 to 35
        times.leave();

        assertThat(times.nanos()).isEqualTo(Map.of(Stage.TRUNK, 8L, Stage.HEAD, 7L));
    }

    /** Two passes of two images: 80 ms and 120 ms, of which the trunk takes half and the head nothing; its floor is 5 ms an image. */
    @Test
    void timesOfPassesAreThoseOfAnImage() {
        MachineSpeed speed = new MachineSpeed(Map.of(Precision.FLOAT32, 1000.0), 1);
        NetworkCost cost = new NetworkCost(List.of(new Product(Stage.TRUNK, Precision.FLOAT32, 5, 0)));
        PassTimes times = new PassTimes(
                List.of(
                        new Pass(80_000_000, Map.of(Stage.HEAD, 0L, Stage.TRUNK, 40_000_000L), cost),
                        new Pass(120_000_000, Map.of(Stage.HEAD, 0L, Stage.TRUNK, 60_000_000L), cost)),
                2,
                speed);

        assertThat(times.imagesPerSecond()).isEqualTo(20);
        assertThat(times.passMs().median()).isEqualTo(100);
        assertThat(times.imageMs()).isEqualTo(50);
        assertThat(times.floorMs()).isEqualTo(5);
        assertThat(times.stages())
                .containsExactly(new StageShare("trunk", 25, 0.5, 5.0, 0.2), new StageShare("head", 0, 0, null, null));
    }

    /** The tests run on the class path, where every package is open. */
    @Test
    void jacksonMayWriteAReportOnTheModulePath() throws URISyntaxException {
        Path classes = Path.of(BenchmarkReport.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        assertThat(ModuleFinder.of(classes).findAll())
                .singleElement()
                .satisfies(module -> assertThat(module.descriptor().opens()).anySatisfy(opened -> {
                    assertThat(opened.source()).isEqualTo(BenchmarkReport.class.getPackageName());
                    assertThat(opened.targets()).contains("com.fasterxml.jackson.databind");
                }));
    }

    @Test
    void percentilesLieBetweenValues() {
        assertThat(Percentiles.of(new double[] {5, 1, 3, 2, 4})).isEqualTo(new Percentiles(3, 4.6, 4.96));
        assertThat(Percentiles.of(new double[] {7})).isEqualTo(new Percentiles(7, 7, 7));
    }

    @Test
    void linuxTellsTheMemoryOfAProcess() {
        ProcFile status = new ProcFile(List.of(
                "Name:\tjava", "VmPeak:\t 9000 kB", "VmHWM:\t     100 kB", "RssAnon:\t  30 kB", "RssFile:\t  50 kB"));

        assertThat(Memory.of(status)).isEqualTo(new Memory(102_400L, 30_720L, 51_200L));
        assertThat(status.value("Name")).hasValue("java");
    }

    @Test
    void otherSystemsTellNothing() {
        ProcFile none = ProcFile.read(Path.of("/no/such/file"));

        assertThat(Memory.of(none)).isEqualTo(new Memory(null, null, null));
    }

    @Test
    void theDrawnImageIsTheSameEachTime() {
        assertThat(SampleImage.draw().bytes()).isEqualTo(SampleImage.draw().bytes());
        assertThat(new ImageReader(ReaderSettings.standard()).read(SampleImage.draw()))
                .satisfies(image -> assertThat(image.width()).isEqualTo(500));
    }
}
