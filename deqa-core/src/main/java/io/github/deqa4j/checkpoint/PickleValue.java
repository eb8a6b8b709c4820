package io.github.deqa4j.checkpoint;

import io.github.deqa4j.file.Excerpt;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A value that a pickle makes. Those that hold other values have no equality: a hostile value can hold itself, and comparing
 * it would not end.
 */
sealed interface PickleValue {
    record Text(String text) implements PickleValue {}

    record Whole(long number) implements PickleValue {}

    record Fraction(double number) implements PickleValue {}

    /** Values whose content no tensor needs, and the mark that begins a group on the stack. */
    enum Other implements PickleValue {
        NONE,
        TRUE,
        FALSE,
        LIST,
        MARK
    }

    final class Tuple implements PickleValue {
        private final List<PickleValue> items;

        Tuple(List<PickleValue> items) {
            this.items = items;
        }

        List<PickleValue> items() {
            return items;
        }

        int size() {
            return items.size();
        }

        PickleValue get(int index) {
            return items.get(index);
        }
    }

    /** A dictionary, ordered or not, whose keys are texts. */
    final class Dict implements PickleValue {
        private final Map<String, PickleValue> items = new LinkedHashMap<>();

        void put(PickleInput input, PickleValue key, PickleValue value) {
            input.verify(key instanceof Text, "a key of a dictionary is not a text; checkpoints have names for keys");
            String name = ((Text) key).text();
            input.verify(
                    items.put(name, value) == null, "the key %s stands twice in a dictionary", Excerpt.quoted(name));
        }

        Map<String, PickleValue> items() {
            return Collections.unmodifiableMap(items);
        }
    }

    /** A function that a pickle may call. */
    enum Function implements PickleValue {
        ORDERED_DICT,
        REBUILD_TENSOR,
        REBUILD_TYPED_TENSOR,
        REBUILD_SUBCLASS,
        REBUILD_PARAMETER
    }

    /** The class of a storage, which gives the type of its elements. */
    record StorageType(DType dtype) implements PickleValue {}

    /**
     * The memory of one or several tensors.
     *
     * @param key name of the zip entry below {@code data/}
     * @param elements number of elements, at least 0
     */
    record Storage(DType dtype, String key, long elements) implements PickleValue {}

    /** A view of a storage, as the file claims it: all numbers are at least 0, and no more has been checked. */
    final class Tensor implements PickleValue {
        private final Storage storage;
        private final long offset;
        private final long[] shape;
        private final long[] strides;

        /**
         * Describes a view.
         *
         * @param offset of the first element, in elements
         * @param strides from one index to the next in each dimension, in elements; as many as dimensions
         */
        Tensor(Storage storage, long offset, long[] shape, long[] strides) {
            this.storage = storage;
            this.offset = offset;
            this.shape = shape;
            this.strides = strides;
        }

        Storage storage() {
            return storage;
        }

        long offset() {
            return offset;
        }

        long[] shape() {
            return shape;
        }

        long[] strides() {
            return strides;
        }
    }

    /**
     * Something that PyTorch writes and that is not supported, such as a type of number, or a tensor of one. Only its name is
     * kept, for the message that refuses the tensor.
     *
     * @param name as Python has it, with its module
     */
    record Unsupported(String name) implements PickleValue {
        /** What a pickle of tensors may name. All else is refused at once, as a pickle's attempt to run something. */
        private static final Pattern KNOWN = Pattern.compile("torch\\._(?:utils|tensor)\\._rebuild_(\\w+)"
                + "|torch(?:\\.storage)?\\.(\\w+Storage)"
                + "|torch\\.(per_\\w+|u?int\\d+|float\\w+|bfloat16|complex\\w+|q\\w+|bits\\w+|bool|Size|Tensor|device)"
                + "|torch\\.(?:serialization\\.(_get_layout)|nn\\.parameter\\.(Parameter|Buffer))"
                + "|numpy\\.(?:_?core\\.multiarray\\.)?(?:_reconstruct|scalar|ndarray|dtype)"
                + "|_codecs\\.encode");

        static boolean isKnown(String global) {
            return KNOWN.matcher(global).matches();
        }

        boolean isStorage() {
            return name.endsWith("Storage");
        }

        /** The name for a message: {@code float8_e4m3fn}, {@code QInt8Storage}, {@code sparse_tensor}. */
        String shortName() {
            Matcher matcher = KNOWN.matcher(name);
            for (int i = 1; matcher.matches() && i <= matcher.groupCount(); i++) {
                if (matcher.group(i) != null) {
                    return matcher.group(i);
                }
            }
            return name;
        }
    }
}
