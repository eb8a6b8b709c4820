package io.github.deqa4j.torch.nn;

import static org.bytedeco.openblas.global.openblas_nolapack.blas_set_num_threads;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.Context;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The settings of libtorch for the whole process. They are made once, before the first network is loaded.
 *
 * <p>OpenBLAS gets one thread, because its threads and those of OpenMP would compete for the processors. libtorch gets a thread for
 * every processor, or as many as the environment variable {@code OMP_NUM_THREADS} says.
 *
 * <p>oneDNN computes float32 products (precision "medium"), which is up to twice as fast. That setting permits lower precision on
 * some processors (those with AMX). So a product is compared with the exact one first, and the setting is withdrawn if they differ.
 */
public final class Engine {
    /** The environment variable that says how many threads a process gets. */
    public static final String THREADS = "OMP_NUM_THREADS";

    private static final String PHYSICAL_LIMIT = "org.bytedeco.javacpp.maxPhysicalBytes";
    private static final double TOLERANCE = 1e-5;
    private static final long PROBE = 256;
    private static final long ROWS_PROBE = 64;

    private Engine() {}

    /**
     * Loads the native libraries and makes the settings, the first time it is called.
     *
     * @throws io.github.deqa4j.DeqaException if the native libraries of this platform are missing or cannot be loaded
     */
    public static void start() {
        // JavaCPP counts mapped weights as used memory and would refuse to go on. It reads this once, when it is
        // loaded.
        if (System.getProperty(PHYSICAL_LIMIT) == null) {
            System.setProperty(PHYSICAL_LIMIT, "0");
        }
        NativeLibraries.load();
        Settings.make();
    }

    /**
     * Limits libtorch to this process's share of the processors, unless {@code OMP_NUM_THREADS} is set.
     *
     * @param processes number of processes that share this machine
     */
    public static void shareProcessors(int processes) {
        setThreads(threadsOf(processes));
    }

    /**
     * Has so many threads compute a product together, unless {@code OMP_NUM_THREADS} is set. It holds for this thread, and for those that
     * have not computed yet.
     */
    public static void setThreads(int threads) {
        start();
        if (System.getenv(THREADS) == null) {
            torch.set_num_threads(threads);
        }
    }

    /** Threads that compute a product together. */
    public static int threads() {
        start();
        return torch.get_num_threads();
    }

    /**
     * Gives memory that was freed back to the system. The C library otherwise keeps it for its own later use; what large weights leave
     * between small ones may never be used again.
     */
    public static void releaseFreed() {
        Pointer.trimMemory();
    }

    /** Threads for each of several processes on this machine. */
    public static int threadsOf(int processes) {
        return Math.max(1, Runtime.getRuntime().availableProcessors() / processes);
    }

    /**
     * Whether this machine multiplies bfloat16 faster than float32 by a good margin: about twice as fast with instructions for it, more
     * slowly without. Always the same on one machine.
     */
    static boolean multipliesHalfFaster() {
        return HalfInstructions.USED;
    }

    /**
     * Whether oneDNN has instructions that multiply bfloat16. It is asked for by their names and not timed, because the answer chooses
     * between two computations whose results differ by rounding: a score must not depend on what else the machine does at the start.
     * Where Linux does not tell the instructions, the answer is no, which costs time and no accuracy.
     *
     * @param flags the instructions of the processor, as {@code /proc/cpuinfo} lists them
     * @param limit the value of oneDNN's environment variable that limits which ones it uses; empty if there is none
     */
    static boolean multipliesHalf(String flags, String limit) {
        return Arrays.stream(flags.split(" ")).anyMatch(HalfInstructions.FLAGS::contains)
                && !HalfInstructions.LIMITS_WITHOUT.contains(limit.toUpperCase(Locale.ROOT));
    }

    private static final class HalfInstructions {
        private static final Set<String> FLAGS = Set.of("avx512_bf16", "amx_bf16");
        private static final Set<String> LIMITS_WITHOUT =
                Set.of("SSE41", "AVX", "AVX2", "AVX2_VNNI", "AVX2_VNNI_2", "AVX512_CORE", "AVX512_CORE_VNNI");

        private static final boolean USED = multipliesHalf(
                ProcFile.read(ProcFile.PROCESSORS).value("flags").orElse(""),
                Optional.ofNullable(System.getenv("ONEDNN_MAX_CPU_ISA")).orElse(""));

        private HalfInstructions() {}
    }

    /**
     * Whether a row of a float32 product has the same bits wherever it stands in its matrix, as tried out on this machine. OpenBLAS's
     * kernels for AVX2 add in another order in some rows than in others.
     */
    public static boolean equalRows() {
        start();
        try (NativeScope scope = NativeScope.inference()) {
            Tensor weight = waves(ROWS_PROBE, ROWS_PROBE + 1);
            Tensor row = waves(1, ROWS_PROBE + 1);
            for (long rows = 2; rows <= ROWS_PROBE; rows++) {
                Tensor y = torch.linear(row.repeat(rows, 1), weight);
                if (!torch.equal(y, y.narrow(0, 0, 1).expand_as(y))) {
                    return false;
                }
            }
            return true;
        }
    }

    private static Tensor waves(long rows, long columns) {
        return torch.arange(new Scalar(rows * columns), new TensorOptions(ScalarType.Float))
                .cos()
                .view(rows, columns);
    }

    private static final class Settings {
        static {
            blas_set_num_threads(1);
            if (System.getenv(THREADS) == null) {
                torch.set_num_threads(Runtime.getRuntime().availableProcessors()); // libtorch found 1 on a machine of 2
            }
            try (NativeScope scope = NativeScope.inference()) {
                chooseFloat32Products(torch.globalContext());
            }
        }

        private Settings() {}

        static void make() {}

        private static void chooseFloat32Products(Context context) {
            Tensor x = waves(PROBE, PROBE);
            context.setFloat32MatmulPrecision("highest");
            Tensor exact = x.matmul(x);
            context.setFloat32MatmulPrecision("medium");
            double error = x.matmul(x).sub(exact).abs().max().item_float()
                    / exact.abs().max().item_float();
            if (!(error < TOLERANCE)) {
                context.setFloat32MatmulPrecision("highest");
            }
        }
    }
}
