package io.github.deqa4j.train.compact;

import java.util.Map;

/**
 * A convolution with the batch normalization after it (Ioffe and Szegedy 2015) in one: with s = γ/√(σ² + ε),
 * s·(W∗x + b − μ) + β = (s·W)∗x + s·(b − μ) + β. Computed in double precision.
 */
final class FoldedConvolution {
    /** What tf.keras adds to variances in its residual networks. */
    static final double EPS = 1.001e-5;

    private FoldedConvolution() {}

    /**
     * Reads a convolution {@code NAME_conv} and the normalization {@code NAME_bn} after it: {@code weight} (out, in, side, side)
     * and {@code bias} (out).
     *
     * @param turned whether the input has its features in reverse order: RGB instead of BGR, for images
     * @throws io.github.deqa4j.DeqaException if a tensor is missing, of an impossible shape, or holds impossible numbers
     */
    static Map<String, HeapTensor> read(HeapTensors tensors, String name, boolean turned) {
        String kernelName = name + "_conv/kernel";
        long[] shape = tensors.shape(kernelName, 4); // (side, side, in, out)
        tensors.require(
                shape[0] == shape[1] && shape[0] % 2 == 1,
                kernelName,
                "is of " + shape[0] + " × " + shape[1] + " pixels; a kernel must be square, its side odd");
        int area = Math.toIntExact(shape[0] * shape[1]);
        int in = Math.toIntExact(shape[2]);
        int out = Math.toIntExact(shape[3]);
        float[] kernel = tensors.read(kernelName, shape);
        double[] scale = scale(tensors, name, out);
        float[] weight = new float[kernel.length];
        for (int o = 0; o < out; o++) {
            for (int i = 0; i < in; i++) {
                int from = turned ? in - 1 - i : i;
                for (int k = 0; k < area; k++) {
                    weight[(o * in + i) * area + k] = (float) (scale[o] * kernel[(k * in + from) * out + o]);
                }
            }
        }
        return Map.of(
                "weight", new HeapTensor(weight, out, in, shape[0], shape[1]),
                "bias", new HeapTensor(bias(tensors, name, scale), out));
    }

    private static double[] scale(HeapTensors tensors, String name, int out) {
        float[] variance = tensors.variances(name + "_bn/moving_variance", out);
        float[] gamma = tensors.read(name + "_bn/gamma", out);
        double[] scale = new double[out];
        for (int o = 0; o < out; o++) {
            scale[o] = gamma[o] / Math.sqrt(variance[o] + EPS);
        }
        return scale;
    }

    private static float[] bias(HeapTensors tensors, String name, double[] scale) {
        float[] inner = tensors.read(name + "_conv/bias", scale.length);
        float[] mean = tensors.read(name + "_bn/moving_mean", scale.length);
        float[] beta = tensors.read(name + "_bn/beta", scale.length);
        float[] bias = new float[scale.length];
        for (int o = 0; o < bias.length; o++) {
            bias[o] = (float) (scale[o] * ((double) inner[o] - mean[o]) + beta[o]);
        }
        return bias;
    }
}
