package io.github.deqa4j.checks;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.thirdparty.org.objectweb.asm.ClassReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** The classes of the modules that users run. */
final class Project {
    static final String ROOT = "io.github.deqa4j";

    static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    private static final int STRING = 8; // CONSTANT_String of the Java virtual machine specification, section 4.4

    private Project() {}

    /** The class file of a class. */
    static ClassReader file(JavaClass type) {
        try (InputStream file = type.getSource().orElseThrow().getUri().toURL().openStream()) {
            return new ClassReader(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The string constants of a class; those of a concatenation hold the character 1 in each value's place. */
    static List<String> texts(JavaClass type) {
        ClassReader file = file(type);
        char[] buffer = new char[file.getMaxStringLength()];
        List<String> texts = new ArrayList<>();
        for (int i = 1; i < file.getItemCount(); i++) {
            int offset = file.getItem(i); // behind the tag; 0 for the second half of a long or a double
            if (offset > 0 && file.readByte(offset - 1) == STRING) {
                texts.add(file.readUTF8(offset, buffer));
            }
        }
        return texts;
    }

    /** The class of a file that a class is written in. */
    static JavaClass topLevel(JavaClass type) {
        JavaClass outer = type;
        while (outer.getEnclosingClass().isPresent()) {
            outer = outer.getEnclosingClass().get();
        }
        return outer;
    }
}
