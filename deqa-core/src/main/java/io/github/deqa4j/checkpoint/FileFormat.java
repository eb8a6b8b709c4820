package io.github.deqa4j.checkpoint;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a weights file is, told by its first bytes and never by its name. */
enum FileFormat {
    SAFETENSORS("safetensors"),
    TORCH_ZIP("PyTorch zip");

    private static final int START = 16;
    private static final byte[] ZIP = {'P', 'K', 3, 4};
    private static final byte[] LFS_POINTER = "version https://".getBytes(StandardCharsets.US_ASCII);
    /** The first pickle of a file that PyTorch wrote before 1.6: a long of ten bytes, its magic number. */
    private static final byte[] OLD_TORCH = {(byte) 0x80, 2, (byte) 0x8a, 10};

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
                !startsWith(start, OLD_TORCH),
                0,
                "this is a PyTorch file from before version 1.6; load it and save it again with a newer one");
        return startsWith(start, ZIP) ? TORCH_ZIP : SAFETENSORS;
    }

    private static boolean startsWith(ByteBuffer start, byte[] prefix) {
        return start.remaining() >= prefix.length
                && start.slice(0, prefix.length).equals(ByteBuffer.wrap(prefix));
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
