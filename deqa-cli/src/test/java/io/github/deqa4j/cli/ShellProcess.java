package io.github.deqa4j.cli;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * A process that runs one deqa after another, in an environment that the test's own process does not have: each comes as its words on
 * standard input, and what it printed goes to standard output.
 */
final class ShellProcess implements AutoCloseable {
    private final Process process;
    private final DataOutputStream words;
    private final DataInputStream results;

    /** @param process runs this class */
    ShellProcess(Process process) {
        this.process = process;
        this.words = new DataOutputStream(process.getOutputStream());
        this.results = new DataInputStream(new BufferedInputStream(process.getInputStream()));
    }

    Shell deqa(Object... args) throws IOException {
        words.writeInt(args.length);
        for (Object arg : args) {
            words.writeUTF(arg.toString());
        }
        words.flush();
        return new Shell(results.readInt(), results.readUTF(), results.readUTF());
    }

    /** Ends the process. */
    @Override
    public void close() {
        process.destroyForcibly();
    }

    public static void main(String[] none) throws IOException {
        DataInputStream words = new DataInputStream(System.in);
        DataOutputStream results = new DataOutputStream(System.out);
        System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
        while (true) { // until the test ends this process, or closes its input
            Object[] args = new Object[words.readInt()];
            for (int i = 0; i < args.length; i++) {
                args[i] = words.readUTF();
            }
            Shell run = Shell.deqa(args);
            results.writeInt(run.status());
            results.writeUTF(run.out());
            results.writeUTF(run.err());
            results.flush();
        }
    }
}
