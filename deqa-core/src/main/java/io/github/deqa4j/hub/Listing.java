package io.github.deqa4j.hub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deqa4j.DeqaException;
import io.github.deqa4j.file.Excerpt;
import java.io.IOException;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The files of a repository at a commit.
 *
 * @param files what each is, by its path
 */
record Listing(NavigableMap<String, Entry> files) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int VERSION = 1;
    private static final int MOST_FILES = 100_000;

    /**
     * A file.
     *
     * @param size its bytes
     * @param gitId the SHA-1 that git has of it; of a file in LFS that of its pointer
     * @param sha256 the SHA-256 of a file in LFS
     * @param xetHash the hash in Xet's store, which others use; kept as it is
     */
    record Entry(long size, BlobId gitId, Optional<BlobId> sha256, Optional<String> xetHash) {
        /** What the hub and the cache call the content. */
        BlobId id() {
            return sha256.orElse(gitId);
        }
    }

    /**
     * Adds the files of one page of {@code /api/models/NAME/tree/REVISION}.
     *
     * @throws DeqaException if it is no such page, or a name leads out of its folder
     */
    static void addPage(String where, String page, NavigableMap<String, Entry> files) {
        for (JsonNode node : array(where, page)) {
            String path = node.path("path").asText();
            if (RemotePath.leadsOut(path)) {
                throw RemotePath.hostile(where, path);
            }
            if (node.path("type").asText().equals("file")) {
                files.put(path, entry(where, node));
                if (files.size() > MOST_FILES) {
                    throw new DeqaException(
                            where + ": the hub lists more than " + MOST_FILES + " files; this is no model");
                }
            }
        }
    }

    private static JsonNode array(String where, String page) {
        try {
            JsonNode array = JSON.readTree(page);
            if (array != null && array.isArray()) {
                return array;
            }
        } catch (IOException e) {
            throw new DeqaException(where + ": the hub's list of files is not JSON; check the address of the hub", e);
        }
        throw new DeqaException(where + ": the hub's list of files is no JSON array; check the address of the hub");
    }

    private static Entry entry(String where, JsonNode node) {
        JsonNode lfs = node.path("lfs");
        Optional<BlobId> gitId = BlobId.of(node.path("oid").asText());
        Optional<BlobId> sha256 = BlobId.of(lfs.path("oid").asText());
        long size = (lfs.isObject() ? lfs : node).path("size").asLong(-1);
        if (gitId.isEmpty() || (lfs.isObject() && sha256.isEmpty()) || size < 0) {
            throw new DeqaException(where + ": the hub's list of files has no size or no hash of "
                    + Excerpt.quoted(node.path("path").asText()) + "; check the address of the hub");
        }
        return new Entry(
                size,
                gitId.get(),
                sha256,
                Optional.ofNullable(node.path("xetHash").textValue()));
    }

    /** The listing as the cache keeps it, in {@code trees/COMMIT.json}. */
    byte[] toJson() throws IOException {
        ObjectNode root = JSON.createObjectNode().put("format_version", VERSION);
        ObjectNode all = root.putObject("files");
        for (Map.Entry<String, Entry> file : files.entrySet()) {
            Entry entry = file.getValue();
            ObjectNode node = all.putObject(file.getKey())
                    .put("size", entry.size())
                    .put("blob_id", entry.gitId().hash());
            entry.sha256().ifPresent(id -> node.put("lfs_sha256", id.hash()).put("lfs_size", entry.size()));
            entry.xetHash().ifPresent(hash -> node.put("xet_hash", hash));
        }
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(root);
    }

    /** Reads what the cache keeps; empty if it is in another format or damaged, which counts as absent. */
    static Optional<Listing> ofJson(byte[] text) {
        try {
            JsonNode root = JSON.readTree(text);
            NavigableMap<String, Entry> files = new TreeMap<>();
            for (Map.Entry<String, JsonNode> file : root.path("files").properties()) {
                JsonNode node = file.getValue();
                Optional<BlobId> gitId = BlobId.of(node.path("blob_id").asText());
                Optional<BlobId> sha256 = BlobId.of(node.path("lfs_sha256").asText());
                long size = node.path(sha256.isPresent() ? "lfs_size" : "size").asLong(-1);
                if (gitId.isEmpty() || size < 0 || RemotePath.leadsOut(file.getKey())) {
                    return Optional.empty();
                }
                files.put(
                        file.getKey(),
                        new Entry(
                                size,
                                gitId.get(),
                                sha256,
                                Optional.ofNullable(node.path("xet_hash").textValue())));
            }
            boolean known = root.path("format_version").asInt() == VERSION;
            return known ? Optional.of(new Listing(files)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
