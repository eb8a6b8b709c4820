package io.github.deqa4j.torch.load;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.checkpoint.Checkpoint;
import io.github.deqa4j.checkpoint.TensorEntry;
import io.github.deqa4j.torch.lora.PeftNames;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/**
 * A hash of the settings and weights that the scores of a model depend on. It stays the same if the model is moved, divided into other
 * shards, or saved in another file format.
 */
public final class ModelHash {
    private static final int THREADS = 2; // one reads while the other waits for the disk

    private final MessageDigest all = sha256();

    private ModelHash() {}

    /**
     * The SHA-256 of a model. Every byte of it is read.
     *
     * @param beside further files that the scores depend on, in an order that does not depend on their places
     * @param size receives the number of bytes of weights before they are read
     * @return 64 hexadecimal digits
     * @throws DeqaException if a file is missing, malformed, or cannot be read
     */
    public static String of(ModelFiles files, List<ModelFile> beside, LongConsumer size) {
        List<Checkpoint> checkpoints = Stream.concat(
                        Stream.of(files.checkpoint()),
                        files.adapter().stream()
                                .flatMap(adapter -> adapterFiles(adapter).map(Checkpoint::openFile)))
                .toList();
        size.accept(checkpoints.stream()
                .flatMap(checkpoint -> checkpoint.tensors().values().stream())
                .mapToLong(TensorEntry::bytes)
                .sum());
        ModelHash hash = new ModelHash();
        files.file(ModelFiles.CONFIG).ifPresent(hash::add);
        files.adapter().ifPresent(adapter -> hash.add(ModelFile.of(adapter.resolve(PeftNames.CONFIG_FILE))));
        beside.forEach(hash::add);
        checkpoints.forEach(checkpoint -> hash.add(checkpoint.tensors().values()));
        return HexFormat.of().formatHex(hash.all.digest());
    }

    private static Stream<Path> adapterFiles(Path adapter) {
        return Stream.concat(AdapterFiles.trained(adapter).stream(), Stream.of(AdapterFiles.pairs(adapter)));
    }

    /** Adds the digest of a file and not its bytes, so that two sequences of files cannot give the same bytes. */
    private void add(ModelFile file) {
        all.update(sha256().digest(file.bytes()));
    }

    private void add(Collection<TensorEntry> tensors) {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<CompletableFuture<byte[]>> digests = tensors.stream()
                    .map(tensor -> CompletableFuture.supplyAsync(() -> digest(tensor), threads))
                    .toList();
            digests.forEach(digest -> all.update(digest.join()));
        } catch (CompletionException e) {
            throw e.getCause() instanceof DeqaException said ? said : e;
        } finally {
            threads.shutdownNow();
        }
    }

    private static byte[] digest(TensorEntry tensor) {
        MessageDigest digest = sha256();
        String what = tensor.name() + "\0" + tensor.dtype() + "\0" + Arrays.toString(tensor.shape()) + "\0";
        digest.update(what.getBytes(StandardCharsets.UTF_8));
        digest.update(tensor.map());
        return digest.digest();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }
}
