package io.github.deqa4j.checkpoint;

import static io.github.deqa4j.checkpoint.MalformedCheckpointException.verify;

import io.github.deqa4j.file.Excerpt;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An index beside its shards: which tensor lies in which file. What the index names must be there; what shards hold beyond that
 * belongs to the checkpoint as well, since others read the shards and not the list of names.
 *
 * @param file the index
 * @param shards the name of a file in the same directory, by the tensor's name; the file may be a link, as in the cache
 *     of the Hugging Face hub
 */
record ShardIndex(Path file, NavigableMap<String, String> shards) {
    private static final int MOST_BYTES = 64 << 20;
    private static final String MAP = "weight_map";

    /**
     * Reads an index.
     *
     * @throws MalformedCheckpointException if it is not a JSON object with a {@code weight_map} from names to plain file
     *     names
     */
    static ShardIndex read(Path file) {
        NavigableMap<String, String> shards = new TreeMap<>();
        StrictJson json = json(file);
        json.beginObject("the index");
        for (Optional<String> key = json.key(); key.isPresent(); key = json.key()) {
            if (key.get().equals(MAP)) {
                readMap(json, shards);
            } else {
                json.skip();
            }
        }
        json.end();
        verify(!shards.isEmpty(), file.toString(), "the index has no \"%s\", or an empty one", MAP);
        return new ShardIndex(file, shards);
    }

    private static StrictJson json(Path path) {
        try (CheckpointFile file = CheckpointFile.open(path)) {
            file.verify(file.size() <= MOST_BYTES, MOST_BYTES, "the index is larger than 64 MiB");
            return StrictJson.of(file.name(), file.read(0, (int) file.size(), "index"), 0);
        }
    }

    private static void readMap(StrictJson json, NavigableMap<String, String> shards) {
        json.beginObject("\"" + MAP + "\"");
        for (Optional<String> name = json.key(); name.isPresent(); name = json.key()) {
            String quoted = Excerpt.quoted(name.get());
            String shard = json.text("the shard of " + quoted);
            json.verify(
                    isPlain(shard),
                    "the shard of %s is %s; it must be the name of a file in the directory of the index",
                    quoted,
                    Excerpt.quoted(shard));
            shards.put(name.get(), shard);
        }
    }

    private static boolean isPlain(String name) {
        return !name.isBlank()
                && !name.equals(".")
                && !name.equals("..")
                && name.chars().noneMatch(c -> c == '/' || c == '\\' || c == ':' || Character.isISOControl(c));
    }

    /**
     * Opens the shards.
     *
     * @throws MalformedCheckpointException if one is missing or malformed or lacks a tensor that the index says it has, or two
     *     hold the same tensor
     */
    Checkpoint open() {
        NavigableMap<String, Checkpoint> opened = new TreeMap<>();
        new TreeSet<>(shards.values()).forEach(shard -> opened.put(shard, openShard(shard)));
        NavigableMap<String, TensorEntry> tensors = new TreeMap<>();
        List<String> duplicate = new ArrayList<>();
        for (TensorEntry tensor : entries(opened.values())) {
            if (tensors.put(tensor.name(), tensor) != null) {
                duplicate.add(tensor.name());
            }
        }
        List<String> absent = shards.keySet().stream()
                .filter(name -> !Checkpoint.isDerived(name) && !holds(opened.get(shards.get(name)), name))
                .toList();
        require("two shards hold the same tensors", duplicate);
        require("these tensors are not in the shard that the index names", absent);
        return new Checkpoint(format(opened.values()), tensors);
    }

    private Checkpoint openShard(String shard) {
        Path path = file.resolveSibling(shard);
        verify(
                Files.exists(path),
                file.toString(),
                "the shard %s that the index names is not there",
                Excerpt.quoted(shard));
        return Checkpoint.openFile(path);
    }

    private static boolean holds(@Nullable Checkpoint shard, String name) {
        return shard != null && shard.tensors().containsKey(name);
    }

    private static List<TensorEntry> entries(Collection<Checkpoint> opened) {
        return opened.stream()
                .flatMap(shard -> shard.tensors().values().stream())
                .toList();
    }

    private void require(String problem, List<String> offending) {
        verify(offending.isEmpty(), file.toString(), "%s: %s", problem, Excerpt.list(offending));
    }

    private static String format(Collection<Checkpoint> opened) {
        String formats = opened.stream().map(Checkpoint::format).distinct().collect(Collectors.joining(" and "));
        return formats + ", " + opened.size() + (opened.size() == 1 ? " shard" : " shards");
    }
}
