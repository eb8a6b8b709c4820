package io.github.deqa4j.checks;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A file is an idea: a type that only travels with one class stands in that class's file. */
class FilesTest {
    /** Types that one class uses, and that are an idea of their own. */
    private static final Set<String> IDEAS = Set.of(
            Project.ROOT + ".checkpoint.FileFormat",
            Project.ROOT + ".checkpoint.ShardIndex",
            Project.ROOT + ".checkpoint.ZipEnd",
            Project.ROOT + ".image.reader.ImageFormat",
            Project.ROOT + ".image.tile.TileGrid",
            Project.ROOT + ".server.FetchTarget",
            Project.ROOT + ".score.Heatmap",
            Project.ROOT + ".torch.network.CompactNetwork",
            Project.ROOT + ".image.webp.Vp8lPrediction",
            Project.ROOT + ".train.compact.FamiliarityFit",
            Project.ROOT + ".train.compact.PrincipalAxes");

    /**
     * A record, enum or interface that is not public and that only one other class uses. It stands in that one's file, or in
     * the list above, if a reader would look for it by its name.
     */
    @Test
    void aTypeThatOneClassUsesIsInItsFile() {
        Set<String> found = new TreeSet<>();
        for (JavaClass type : Project.CLASSES) {
            if (isSmall(type) && users(type).size() == 1) {
                found.add(type.getName());
            }
        }
        assertThat(found).as("types of the list above").containsAll(IDEAS);
        found.removeAll(IDEAS);
        assertThat(found).isEmpty();
    }

    private static boolean isSmall(JavaClass type) {
        return type.isTopLevelClass()
                && !type.getModifiers().contains(JavaModifier.PUBLIC)
                && !type.getSimpleName().equals("package-info")
                && (type.isRecord() || type.isEnum() || type.isInterface());
    }

    /** The classes of other files that name a class. */
    private static Set<JavaClass> users(JavaClass type) {
        return type.getDirectDependenciesToSelf().stream()
                .map(dependency -> Project.topLevel(dependency.getOriginClass()))
                .filter(user -> !user.equals(type))
                .collect(toSet());
    }
}
