package io.github.deqa4j.checkpoint;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Something that PyTorch writes and that is not read, such as a type of number, or a tensor of one. It is only a name, for the
 * message that a tensor is made of it.
 *
 * @param name as Python has it, with its module
 */
record ForeignObject(String name) {
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
