package io.github.deqa4j.checkpoint;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The format of a weights file, by its first bytes and not by its name. */
enum FileFormat {
    SAFETENSORS("safetensors"),
    TORCH_ZIP("PyTorch zip");

    private static final int START = 16;
    private static final byte[] ZIP = {'P', 'K', 3, 4};
    private static final byte[] LFS_POINTER = "version https://".getBytes(StandardCharsets.US_ASCII);
    private static final int PROTOCOL = 0x80;
    private static final int HIGHEST_PROTOCOL = 5;
    private static final int LONG = 0x8a;
    private static final int FRAME = 0x95;
    private static final int LEAST_COUNT = 10;

    private final String title;

    FileFormat(String title) {
        this.title = title;
    }

    static FileFormat of(CheckpointFile file) {
        file.verify(file.size() > 0, 0, "the file is empty");
        ByteBuffer start = file.start(START);
        file.verify(
                !startsWith(start, LFS_POINTER),
                0,
                "this is a Git LFS pointer and not the weights; fetch them with git lfs pull");
        file.verify(
                !isPickle(start),
                0,
                "this is a bare pickle, as PyTorch wrote before version 1.6; load it and save it again with a newer one");
        return startsWith(start, ZIP) ? TORCH_ZIP : SAFETENSORS;
    }

    private static boolean startsWith(ByteBuffer start, byte[] prefix) {
        return start.remaining() >= prefix.length
                && start.slice(0, prefix.length).equals(ByteBuffer.wrap(prefix));
    }

    /**
     * Whether the file starts as PyTorch before 1.6 writes it: with the pickle of a number, alone or in a frame. As the length of
     * a safetensors header, these bytes would be more than is allowed.
     */
    private static boolean isPickle(ByteBuffer start) {
        if (start.remaining() < Integer.BYTES || Byte.toUnsignedInt(start.get(0)) != PROTOCOL) {
            return false;
        }
        int operation = Byte.toUnsignedInt(start.get(2));
        return start.get(1) >= 2
                && start.get(1) <= HIGHEST_PROTOCOL
                && (operation == LONG || operation == FRAME)
                && start.get(3) >= LEAST_COUNT;
    }

    List<TensorEntry> read(CheckpointFile file) {
        return switch (this) {
            case SAFETENSORS -> SafetensorsReader.read(file);
            case TORCH_ZIP -> TorchZipReader.read(file);
        };
    }

    @Override
    public String toString() {
        return title;
    }
}
