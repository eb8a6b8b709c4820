package io.github.deqa4j.checks;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;

/** What ARCHITECTURE.md says of dependencies, as rules. */
class ArchitectureTest {
    private static final String ROOT = Project.ROOT;
    private static final int CLASSES_AT_LEAST = 80;

    private static final JavaClasses CLASSES = Project.CLASSES;

    @Test
    void theRulesSeeTheProject() {
        assertThat(CLASSES).hasSizeGreaterThan(CLASSES_AT_LEAST);
        assertThat(CLASSES.contain(ROOT + ".cli.Deqa")).isTrue();
        assertThat(CLASSES.contain(ROOT + ".torch.model.DeqaModel")).isTrue();
        assertThat(CLASSES.contain(ROOT + ".torch.network.NetworkArchitecture")).isTrue();
        assertThat(CLASSES.contain(ROOT + ".torch.load.BundledModel")).isTrue();
        assertThat(CLASSES.contain(ROOT + ".checkpoint.Checkpoint")).isTrue();
        assertThat(CLASSES.contain(ROOT + ".metric.Metric")).isTrue();
        assertThat(CLASSES.contain(ROOT + ".spring.DeqaAutoConfiguration")).isTrue();
        assertThat(CLASSES.contain(ROOT + ".server.ScoringServer")).isTrue();
        assertThat(CLASSES.contain(ROOT + ".spark.ImageQualityTransformer")).isTrue();
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void dependenciesPointOneWay() {
        layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage(ROOT + "..")
                .layer("score")
                .definedBy(ROOT + ".score..")
                .layer("image")
                .definedBy(ROOT + ".image..")
                .layer("hub")
                .definedBy(ROOT + ".hub..")
                .layer("text")
                .definedBy(ROOT + ".text..")
                .layer("checkpoint")
                .definedBy(ROOT + ".checkpoint..")
                .layer("config")
                .definedBy(ROOT + ".config..")
                .layer("reliability")
                .definedBy(ROOT + ".reliability..")
                .layer("dataset")
                .definedBy(ROOT + ".dataset..")
                .layer("importer")
                .definedBy(ROOT + ".importer..")
                .layer("label")
                .definedBy(ROOT + ".label..")
                .layer("metric")
                .definedBy(ROOT + ".metric..")
                .layer("report")
                .definedBy(ROOT + ".report..")
                .layer("nn")
                .definedBy(ROOT + ".torch.nn..")
                .layer("model")
                .definedBy(ROOT + ".torch.model..")
                .layer("compact")
                .definedBy(ROOT + ".torch.compact..")
                .layer("network")
                .definedBy(ROOT + ".torch.network..")
                .layer("lora")
                .definedBy(ROOT + ".torch.lora..")
                .layer("load")
                .definedBy(ROOT + ".torch.load..")
                .layer("loss")
                .definedBy(ROOT + ".torch.loss..")
                .layer("quantize")
                .definedBy(ROOT + ".torch.quantize..")
                .layer("distributed")
                .definedBy(ROOT + ".torch.distributed..")
                .layer("bench")
                .definedBy(ROOT + ".torch.bench..")
                .layer("train")
                .definedBy(ROOT + ".train..")
                .layer("open")
                .definedBy(ROOT + ".torch")
                .layer("server")
                .definedBy(ROOT + ".server..")
                .layer("cli")
                .definedBy(ROOT + ".cli..")
                .layer("spring")
                .definedBy(ROOT + ".spring..")
                .layer("spark")
                .definedBy(ROOT + ".spark..")
                .whereLayer("spark")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("spring")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("cli")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("server")
                .mayOnlyBeAccessedByLayers("cli")
                .whereLayer("train")
                .mayOnlyBeAccessedByLayers("cli")
                .whereLayer("quantize")
                .mayOnlyBeAccessedByLayers("cli")
                .whereLayer("distributed")
                .mayOnlyBeAccessedByLayers("train", "cli")
                .whereLayer("bench")
                .mayOnlyBeAccessedByLayers("cli")
                .whereLayer("open")
                .mayOnlyBeAccessedByLayers("cli", "spring", "spark")
                .whereLayer("loss")
                .mayOnlyBeAccessedByLayers("train", "cli")
                .whereLayer("network")
                .mayOnlyBeAccessedByLayers("open", "quantize", "bench", "train", "cli")
                .whereLayer("load")
                .mayOnlyBeAccessedByLayers("network", "open", "quantize", "bench", "train", "cli")
                .whereLayer("lora")
                .mayOnlyBeAccessedByLayers("load", "train", "cli")
                .whereLayer("model")
                .mayOnlyBeAccessedByLayers("network", "train")
                .whereLayer("compact")
                .mayOnlyBeAccessedByLayers("network", "train")
                .whereLayer("nn")
                .mayOnlyBeAccessedByLayers(
                        "model",
                        "compact",
                        "lora",
                        "loss",
                        "load",
                        "network",
                        "quantize",
                        "bench",
                        "distributed",
                        "open",
                        "train",
                        "cli")
                .whereLayer("hub")
                .mayOnlyBeAccessedByLayers("load", "open", "cli")
                .whereLayer("reliability")
                .mayOnlyBeAccessedByLayers("load", "network", "open", "train", "cli")
                .whereLayer("text")
                .mayOnlyBeAccessedByLayers("label", "loss", "network", "open", "bench", "train", "cli")
                .whereLayer("report")
                .mayOnlyBeAccessedByLayers("train", "cli")
                .whereLayer("importer")
                .mayOnlyBeAccessedByLayers("cli")
                .whereLayer("label")
                .mayOnlyBeAccessedByLayers("train", "cli")
                .whereLayer("metric")
                .mayOnlyBeAccessedByLayers("label", "report", "train", "cli")
                .whereLayer("dataset")
                .mayOnlyBeAccessedByLayers("label", "importer", "metric", "report", "train", "cli")
                .check(CLASSES);
    }

    @Test
    void distortionsKnowImagesOnly() {
        classes()
                .that()
                .resideInAPackage(ROOT + ".train.distortion..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        ROOT,
                        ROOT + ".image..",
                        ROOT + ".train.distortion..",
                        "java..",
                        "javax.imageio..",
                        "org.jspecify..")
                .check(CLASSES);
    }

    @Test
    void springKnowsTheApiAlone() {
        classes()
                .that()
                .resideInAPackage(ROOT + ".spring..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        ROOT,
                        ROOT + ".image",
                        ROOT + ".score",
                        ROOT + ".torch",
                        ROOT + ".spring..",
                        "org.springframework..",
                        "org.apache.commons.logging..",
                        "io.micrometer..",
                        "java..",
                        "org.jspecify..")
                .check(CLASSES);
    }

    @Test
    void sparkKnowsTheApiAlone() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".spark..")
                .should()
                .dependOnClassesThat(resideInAPackage(ROOT + "..")
                        .and(not(resideInAnyPackage(
                                ROOT, ROOT + ".image", ROOT + ".score", ROOT + ".torch", ROOT + ".spark.."))))
                .check(CLASSES);
    }

    @Test
    void oneModuleKnowsSpark() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".spark..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.spark..", "org.apache.hadoop..", "scala..")
                .check(CLASSES);
    }

    @Test
    void onlyTheStarterKnowsSpring() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".spring..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework..")
                .check(CLASSES);
    }

    @Test
    void theServerKnowsTheScorerAlone() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".server..")
                .should()
                .dependOnClassesThat(resideInAPackage(ROOT + "..")
                        .and(not(resideInAnyPackage(
                                ROOT,
                                ROOT + ".file",
                                ROOT + ".image",
                                ROOT + ".score",
                                ROOT + ".score.json",
                                ROOT + ".server.."))))
                .check(CLASSES);
    }

    @Test
    void theCoreHasNoNativeCode() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + ".torch..", ROOT + ".train..", ROOT + ".cli..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.bytedeco..")
                .check(CLASSES);
    }

    @Test
    void onlyNnAndDistributedTouchTheBindingBeyondTensors() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + ".torch.nn..", ROOT + ".torch.distributed..")
                .should()
                .dependOnClassesThat(resideInAPackage("org.bytedeco..")
                        .and(not(equivalentTo(Tensor.class)))
                        .and(not(equivalentTo(ScalarType.class))))
                .check(CLASSES);
    }

    @Test
    void whatOnlyTheJarForGpusHasIsInOneClass() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(ROOT + ".torch.distributed.NcclBackend")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.bytedeco.pytorch.nccl..")
                .check(CLASSES);
    }

    @Test
    void nativeMemoryIsScopedInOnePlace() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(ROOT + ".torch.nn.NativeScope")
                .should()
                .dependOnClassesThat()
                .areAssignableTo(PointerScope.class)
                .check(CLASSES);
    }

    @Test
    void theModelThatShipsIsFilesAlone() {
        noClasses().should().resideInAPackage(ROOT + ".model..").check(CLASSES);
    }

    @Test
    void noStateIsStaticAndMutable() {
        fields().that().areStatic().should().beFinal().check(CLASSES);
    }
}
