package io.github.deqa4j.torch;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.InvalidSettingException;
import io.github.deqa4j.ModelLoadException;
import io.github.deqa4j.hub.HubClient;
import io.github.deqa4j.hub.HubListener;
import io.github.deqa4j.hub.HubRepository;
import io.github.deqa4j.hub.HubSettings;
import io.github.deqa4j.torch.load.NeededFiles;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** Where a model comes from. */
public sealed interface ModelSource {
    /** The small model that ships as {@code io.github.deqa4j:deqa-model-compact}, found on the class path or module path. */
    static ModelSource bundled() {
        return new Bundled();
    }

    /**
     * A directory with {@code config.json} and weights, as the authors' models have it: safetensors or PyTorch {@code .bin}
     * files.
     */
    static Directory directory(Path model) {
        return new Directory(model, Optional.empty(), Optional.empty());
    }

    /**
     * A LoRA adapter with the model that it adapts.
     *
     * @param adapter directory with {@code adapter_config.json}
     * @param base directory of the adapted model
     */
    static Directory adapter(Path adapter, Path base) {
        return new Directory(adapter, Optional.of(base), Optional.empty());
    }

    /**
     * A model of the Hugging Face hub. It is fetched into the cache that Python's {@code huggingface_hub} uses, where it is not there
     * yet. The variables of the environment that {@code huggingface_hub} reads say where the hub and the cache are and which token to
     * send; {@code docs/hub.md} lists them.
     *
     * @param repository {@code owner/name}, or {@code owner/name@revision} with a branch, a tag or a commit
     * @throws io.github.deqa4j.InvalidSettingException if it is something else
     */
    static Hub hub(String repository) {
        return new Hub(repository, Optional.empty());
    }

    /** {@link #bundled}. */
    record Bundled() implements ModelSource {}

    /**
     * {@link #directory} or {@link #adapter}.
     *
     * @param model directory of a checkpoint or of an adapter
     * @param base directory of the model that the adapter adapts; empty for a checkpoint
     * @param tokenizer a {@code tokenizer.model}; empty for the one in the directory or up to two folders above it
     */
    record Directory(Path model, Optional<Path> base, Optional<Path> tokenizer) implements ModelSource {
        public Directory withTokenizer(Path file) {
            return new Directory(model, base, Optional.of(file));
        }
    }

    /**
     * {@link #hub}.
     *
     * @param repository {@code owner/name} or {@code owner/name@revision}
     * @param tokenizer a {@code tokenizer.model}; empty for the one of the repository
     */
    record Hub(String repository, Optional<Path> tokenizer) implements ModelSource {
        /** What a name begins with that may be a repository or a directory. */
        public static final String PREFIX = "hub:";

        /** @throws io.github.deqa4j.InvalidSettingException if the repository cannot be one of the hub */
        public Hub {
            HubRepository.parse(repository);
        }

        public Hub withTokenizer(Path file) {
            return new Hub(repository, Optional.of(file));
        }

        /**
         * Fetches the model and gives the directory in the cache that has it. An adapter of the hub, or one whose base is there, is
         * opened so: {@code ModelSource.adapter(hub("me/lora").fetch().model(), hub("me/base").fetch().model())}.
         *
         * @throws ModelLoadException if the model cannot be fetched, verified or stored; the message names the file at fault
         */
        public Directory fetch() {
            return fetch(note -> {});
        }

        /**
         * As {@link #fetch()}.
         *
         * @param notes is told, one sentence at a time, that the hub cannot be reached and an older commit of the cache is used, and what
         *     the download waits for
         */
        public Directory fetch(Consumer<String> notes) {
            HubListener listener = new HubListener() {
                @Override
                public void note(String sentence) {
                    notes.accept(sentence);
                }
            };
            try {
                Path model = new HubClient(HubSettings.fromEnvironment(), listener)
                        .pull(HubRepository.parse(repository), new NeededFiles());
                return new Directory(model, Optional.empty(), tokenizer);
            } catch (InvalidSettingException e) {
                throw e;
            } catch (DeqaException e) {
                throw new ModelLoadException(e.getMessage(), e);
            }
        }
    }
}
