package io.github.deqa4j.checks;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.thirdparty.org.objectweb.asm.ClassVisitor;
import com.tngtech.archunit.thirdparty.org.objectweb.asm.FieldVisitor;
import com.tngtech.archunit.thirdparty.org.objectweb.asm.Label;
import com.tngtech.archunit.thirdparty.org.objectweb.asm.MethodVisitor;
import com.tngtech.archunit.thirdparty.org.objectweb.asm.Opcodes;
import io.github.deqa4j.testkit.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One word for one thing, in US spelling, and one class for one name. */
class NamesTest {
    /** Beginnings of words that names have another word for. */
    private static final List<String> OTHER_WORDS = List.of(
            "analyse",
            "artefact",
            "behaviour",
            "cancell",
            "catalogue",
            "centre",
            "colour",
            "favour",
            "grey",
            "initialis",
            "labell",
            "learnt",
            "licence",
            "maximis",
            "minimis",
            "modell",
            "neighbour",
            "normalis",
            "optimis",
            "organis",
            "panel",
            "picture",
            "quantis",
            "recognis",
            "serialis",
            "summaris",
            "synchronis",
            "tokenis",
            "utilis",
            "visualis");

    /** Names that follow a key of a file format, which stays as it is. */
    private static final Set<String> KEPT = Set.of("missingPictures");

    @Test
    void namesHaveTheProjectsWordsInUsSpelling() {
        Map<String, Set<String>> found = new TreeMap<>();
        for (JavaClass type : Project.CLASSES) {
            Set<String> names = names(type);
            names.removeIf(name -> KEPT.contains(name) || !hasOtherWord(name));
            if (!names.isEmpty()) {
                found.put(type.getName(), names);
            }
        }
        assertThat(found).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "pictureFile,true",
        "toGreyscale,true",
        "LARGEST_PICTURE,true",
        "RGBColour,true",
        "modelList,false",
        "labelLoss,false",
        "gray,false",
        "centered,false"
    })
    void wordsOfANameAreLookedAtOneByOne(String name, boolean other) {
        assertThat(hasOtherWord(name)).isEqualTo(other);
    }

    @Test
    void namesOfFieldsMethodsParametersAndVariablesAreSeen() {
        assertThat(names(Project.CLASSES.get(Project.ROOT + ".image.RgbImage")))
                .contains("RgbImage", "width", "sample", "x", "y");
    }

    @Test
    void noTwoClassesHaveOneName() {
        Map<String, List<Path>> files = new HashMap<>();
        for (Path module : Checkout.modules()) {
            files(module.resolve("src"))
                    .forEach((name, found) -> files.merge(
                            name,
                            found,
                            (a, b) -> Stream.concat(a.stream(), b.stream()).toList()));
        }
        assertThat(files).hasSizeGreaterThan(500);
        files.values().removeIf(found -> found.size() == 1);
        assertThat(files).isEmpty();
    }

    /** Files of Java below a folder by their names, but for those that describe packages and modules. */
    private static Map<String, List<Path>> files(Path sources) {
        try (Stream<Path> tree = Files.exists(sources) ? Files.walk(sources) : Stream.empty()) {
            return tree.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.toString().endsWith("-info.java"))
                    .collect(groupingBy(
                            file -> file.getFileName().toString().replace(".java", ""), HashMap::new, toList()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean hasOtherWord(String name) {
        return Stream.of(name.split("_|\\$|(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])"))
                .map(word -> word.toLowerCase(Locale.ROOT))
                .anyMatch(word -> OTHER_WORDS.stream().anyMatch(word::startsWith));
    }

    /** The names that a class declares: its own, and those of its fields, methods, parameters and variables. */
    private static Set<String> names(JavaClass type) {
        Set<String> names = new TreeSet<>(Set.of(type.getSimpleName()));
        Project.file(type).accept(new NameVisitor(names), 0);
        return names;
    }

    private static final class NameVisitor extends ClassVisitor {
        private final Set<String> names;

        NameVisitor(Set<String> names) {
            super(Opcodes.ASM9);
            this.names = names;
        }

        @Override
        public @Nullable FieldVisitor visitField(
                int access, String name, String descriptor, @Nullable String signature, @Nullable Object value) {
            names.add(name);
            return null;
        }

        @Override
        public MethodVisitor visitMethod(
                int access,
                String name,
                String descriptor,
                @Nullable String signature,
                String @Nullable [] exceptions) {
            names.add(name);
            return new MethodVisitor(Opcodes.ASM9) {
                @Override
                public void visitParameter(@Nullable String parameter, int flags) {
                    if (parameter != null) {
                        names.add(parameter);
                    }
                }

                @Override
                public void visitLocalVariable(
                        String variable, String type, @Nullable String generic, Label start, Label end, int index) {
                    names.add(variable);
                }
            };
        }
    }
}
