package io.github.deqa4j.train.compact;

import io.github.deqa4j.checkpoint.Checkpoint;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A trunk as its file has it, in loops and double precision: BGR, kernels (side, side, in, out), normalization apart. */
final class UnfoldedTrunk {
    private final Checkpoint file;

    UnfoldedTrunk(Path file) {
        this.file = Checkpoint.openFile(file);
    }

    /** Features (height, width, features) of an image. */
    static final class Grid {
        private final double[][][] at;

        Grid(double[][][] at) {
            this.at = at;
        }

        double[][][] at() {
            return at;
        }

        int height() {
            return at.length;
        }

        int width() {
            return at[0].length;
        }
    }

    /** The features of every stage. */
    List<Grid> stages(Grid bgr) {
        Grid h = pooled(rectified(convolution("conv1", bgr, 2)));
        List<Grid> stages = new ArrayList<>();
        for (int s = 2; has("conv" + s + "_block1_1_conv/kernel"); s++) {
            for (int b = 1; has("conv" + s + "_block" + b + "_1_conv/kernel"); b++) {
                h = block("conv" + s + "_block" + b + "_", h, b == 1 && s > 2 ? 2 : 1);
            }
            stages.add(h);
        }
        return stages;
    }

    private Grid block(String name, Grid x, int stride) {
        Grid shortcut = has(name + "0_conv/kernel") ? convolution(name + "0", x, stride) : x;
        Grid h = rectified(convolution(name + "1", x, stride));
        h = rectified(convolution(name + "2", h, 1));
        h = convolution(name + "3", h, 1);
        return rectified(sum(h, shortcut));
    }

    /** A convolution with zeros around, and its normalization. */
    private Grid convolution(String name, Grid x, int stride) {
        long[] shape = Objects.requireNonNull(file.tensors().get(name + "_conv/kernel"))
                .shape();
        int side = (int) shape[0];
        int in = (int) shape[2];
        int out = (int) shape[3];
        float[] kernel = read(name + "_conv/kernel");
        float[] bias = read(name + "_conv/bias");
        float[] mean = read(name + "_bn/moving_mean");
        float[] variance = read(name + "_bn/moving_variance");
        float[] gamma = read(name + "_bn/gamma");
        float[] beta = read(name + "_bn/beta");
        double[][][] y = new double[(x.height() + stride - 1) / stride][(x.width() + stride - 1) / stride][out];
        for (int row = 0; row < y.length; row++) {
            for (int column = 0; column < y[0].length; column++) {
                double[] sums = y[row][column];
                for (int k = 0; k < side * side; k++) {
                    int fromRow = row * stride + k / side - side / 2;
                    int fromColumn = column * stride + k % side - side / 2;
                    if (fromRow < 0 || fromRow >= x.height() || fromColumn < 0 || fromColumn >= x.width()) {
                        continue;
                    }
                    for (int i = 0; i < in; i++) {
                        for (int o = 0; o < out; o++) {
                            sums[o] += kernel[(k * in + i) * out + o] * x.at[fromRow][fromColumn][i];
                        }
                    }
                }
                for (int o = 0; o < out; o++) {
                    sums[o] = (sums[o] + bias[o] - mean[o])
                                    / Math.sqrt(Math.min(variance[o], 65504) + 1.001e-5)
                                    * gamma[o]
                            + beta[o];
                }
            }
        }
        return new Grid(y);
    }

    private static Grid rectified(Grid x) {
        for (double[][] row : x.at) {
            for (double[] features : row) {
                for (int i = 0; i < features.length; i++) {
                    features[i] = Math.max(0, features[i]);
                }
            }
        }
        return x;
    }

    private static Grid sum(Grid x, Grid y) {
        for (int row = 0; row < x.height(); row++) {
            for (int column = 0; column < x.width(); column++) {
                for (int i = 0; i < x.at[row][column].length; i++) {
                    x.at[row][column][i] += y.at[row][column][i];
                }
            }
        }
        return x;
    }

    /** The largest of 3 × 3, every second; zeros around do not matter after a rectifier. */
    private static Grid pooled(Grid x) {
        int features = x.at[0][0].length;
        double[][][] y = new double[(x.height() + 1) / 2][(x.width() + 1) / 2][features];
        for (int row = 0; row < y.length; row++) {
            for (int column = 0; column < y[0].length; column++) {
                for (int k = 0; k < 9; k++) {
                    int fromRow = row * 2 + k / 3 - 1;
                    int fromColumn = column * 2 + k % 3 - 1;
                    if (fromRow >= 0 && fromRow < x.height() && fromColumn >= 0 && fromColumn < x.width()) {
                        for (int i = 0; i < features; i++) {
                            y[row][column][i] = Math.max(y[row][column][i], x.at[fromRow][fromColumn][i]);
                        }
                    }
                }
            }
        }
        return new Grid(y);
    }

    private boolean has(String name) {
        return file.tensors().containsKey(name);
    }

    private float[] read(String name) {
        return Objects.requireNonNull(file.tensors().get(name), name).toFloats();
    }
}
