package io.github.deqa4j.torch.lora;

/** The names of the files of PEFT, and of the tensors in them; it is the Python library that the authors saved their adapters with. */
public final class PeftNames {
    /** The file with an adapter's settings. */
    public static final String CONFIG_FILE = "adapter_config.json";

    /** The file with A and B of every adapted weight, without its ending. */
    public static final String ADAPTER_FILE = "adapter_model";

    /** The file with what was trained in full, without its ending. */
    public static final String TRAINED_FILE = "non_lora_trainables";

    /** What every name starts with, before the name in the network. */
    public static final String PREFIX = "base_model.model.";

    /** The end of the name of A, (r, in). */
    public static final String DOWN = ".lora_A.weight";

    /** The end of the name of B, (out, r). */
    public static final String UP = ".lora_B.weight";

    private PeftNames() {}

    /** Whether a parameter, by its name in the network or in a file, belongs to an adapter. */
    public static boolean isAdapter(String name) {
        return name.endsWith(DOWN) || name.endsWith(UP);
    }
}
