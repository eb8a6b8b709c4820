package io.github.deqa4j.torch.lora;

/** The names of the files of PEFT, the Python library that saved the adapters of the authors, and of the tensors in them. */
public final class PeftNames {
    /** The file with an adapter's settings. */
    public static final String CONFIG_FILE = "adapter_config.json";

    /** The file with A and B of every adapted weight, without its ending. */
    public static final String ADAPTER_FILE = "adapter_model";

    /** The file with the weights that were trained in full, without its ending. */
    public static final String TRAINED_FILE = "non_lora_trainables";

    /** The prefix before each name of the network. */
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
