package io.github.deqa4j.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.domain.properties.HasModifiers;
import com.tngtech.archunit.core.domain.properties.HasName;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A program that scores images needs the exported packages alone. */
class PublicApiTest {
    private static final Set<String> EXPORTED = Set.of(
            Project.ROOT,
            Project.ROOT + ".image",
            Project.ROOT + ".score",
            Project.ROOT + ".server",
            Project.ROOT + ".torch");

    @Test
    void publicSignaturesNameExportedPackagesAndTheJdkAlone() {
        Set<String> found = new TreeSet<>();
        for (JavaClass type : Project.CLASSES) {
            if (EXPORTED.contains(type.getPackageName()) && isPublic(type)) {
                signatures(type)
                        .filter(signature -> !isExported(signature.type()))
                        .forEach(signature -> found.add(
                                signature.member() + ": " + signature.type().getName()));
            }
        }
        assertThat(found).isEmpty();
    }

    @Test
    void theRuleSeesTheTypesOfASignature() {
        Set<String> types = signatures(Project.CLASSES.get(Project.ROOT + ".score.Scorer"))
                .map(signature -> signature.type().getSimpleName())
                .collect(Collectors.toSet());
        assertThat(types).contains("AutoCloseable", "List", "QualityScore", "RgbImage", "Path");
    }

    private record Signature(String member, JavaClass type) {}

    /** The types that a class shows to its users. */
    private static Stream<Signature> signatures(JavaClass type) {
        Stream<JavaType> parents = Stream.concat(type.getSuperclass().stream(), type.getInterfaces().stream());
        Stream<Signature> ofClass = parents.flatMap(parent -> parent.getAllInvolvedRawTypes().stream())
                .map(parent -> new Signature(type.getName(), parent));
        Stream<Signature> ofFields =
                type.getFields().stream().filter(PublicApiTest::isVisible).flatMap(PublicApiTest::types);
        Stream<Signature> ofCode =
                type.getCodeUnits().stream().filter(PublicApiTest::isVisible).flatMap(PublicApiTest::types);
        return Stream.of(ofClass, ofFields, ofCode).flatMap(signatures -> signatures);
    }

    private static Stream<Signature> types(JavaField field) {
        return field.getAllInvolvedRawTypes().stream().map(type -> new Signature(field.getFullName(), type));
    }

    private static Stream<Signature> types(JavaCodeUnit code) {
        return Stream.concat(code.getAllInvolvedRawTypes().stream(), code.getExceptionTypes().stream())
                .map(type -> new Signature(code.getFullName(), type));
    }

    private static boolean isExported(JavaClass type) {
        JavaClass element = type.getBaseComponentType();
        return element.isPrimitive()
                || element.getPackageName().matches("javax?\\..*")
                || (EXPORTED.contains(element.getPackageName()) && isPublic(element));
    }

    private static boolean isPublic(JavaClass type) {
        return isVisible(type)
                && type.getEnclosingClass().map(PublicApiTest::isPublic).orElse(true);
    }

    private static <T extends HasModifiers & HasName> boolean isVisible(T declared) {
        Set<JavaModifier> modifiers = declared.getModifiers();
        return !modifiers.contains(JavaModifier.SYNTHETIC)
                && (modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED));
    }
}
