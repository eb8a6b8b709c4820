package io.github.deqa4j.spark;

import io.github.deqa4j.InvalidSettingException;
import io.github.deqa4j.image.EncodedImage;
import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.score.Scorer;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.ml.image.ImageSchema;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;

/** A value of a column that has images: the bytes of an image file, its path, or an image that Spark decoded. */
final class ImageValue {
    private static final String KINDS =
            "the bytes of an image file (binary), its path (string), or the struct of Spark's" + " image data source";

    private ImageValue() {}

    /**
     * Checks the type of a column.
     *
     * @throws InvalidSettingException if it is none that can have images
     */
    static void requireImages(String column, DataType type) {
        boolean image = type instanceof StructType struct && isImage(struct);
        if (!(type instanceof BinaryType || type instanceof StringType || image)) {
            throw new InvalidSettingException(
                    "inputCol",
                    "the column " + column + " has the type " + type.simpleString() + "; it must have " + KINDS);
        }
    }

    /**
     * Decodes a value.
     *
     * @param name what messages call an image that has no name of its own
     * @param hadoop the settings of Hadoop's file systems, asked for a path only
     * @throws io.github.deqa4j.image.UnreadableImageException if there is no readable image in it
     * @throws java.io.UncheckedIOException if a file system cannot be reached
     * @throws IllegalArgumentException if it has another type
     */
    static RgbImage decode(Scorer scorer, Object value, String name, Supplier<Configuration> hadoop) {
        if (value instanceof byte[] bytes) {
            return scorer.decode(EncodedImage.of(bytes, name));
        }
        if (value instanceof String path) {
            return scorer.decode(HadoopFiles.read(path, hadoop.get()));
        }
        if (value instanceof Row row && row.schema() != null && isImage(row.schema())) {
            return scorer.decode(SparkImage.of(row, name));
        }
        throw new IllegalArgumentException(
                name + " is a " + value.getClass().getSimpleName() + "; it must be " + KINDS);
    }

    /** What messages call the image: its own name, where it has one. */
    static String name(Object value, String name) {
        if (value instanceof Row image) {
            return SparkImage.name(image, name);
        }
        return value instanceof String path ? path : name;
    }

    /** Whether a struct has the fields of Spark's images, in their order and with their types. */
    private static boolean isImage(StructType type) {
        return type.catalogString().equals(ImageSchema.columnSchema().catalogString());
    }
}
