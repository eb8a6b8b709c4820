package io.github.deqa4j.train.compact;

import io.github.deqa4j.torch.nn.Functional;
import io.github.deqa4j.torch.nn.NativeScope;
import io.github.deqa4j.torch.nn.Tensors;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Linear functions with the least squared error and small weights (Hoerl and Kennard 1970, "Ridge Regression").
 *
 * @param weights (k, s), row by row
 * @param biases (k)
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record RidgeRegression(double[] weights, double[] biases) {
    /**
     * The functions that come closest to targets.
     *
     * @param vectors n of length s, which differ
     * @param targets n of length k
     * @param penalty on the sum of squared weights, above 0; 1 is the mean squared distance of the vectors from their mean
     */
    static RidgeRegression of(List<float[]> vectors, List<double[]> targets, double penalty) {
        int count = vectors.size();
        try (NativeScope scope = NativeScope.inference()) {
            Tensor x = Tensors.of(joined(vectors), count, vectors.get(0).length).to(ScalarType.Double);
            Tensor y = Tensors.doubles(
                            targets.stream().flatMapToDouble(Arrays::stream).toArray())
                    .view(count, targets.get(0).length);
            Tensor center = Functional.mean(x, true, 0); // (1, s)
            Tensor targetCenter = Functional.mean(y, true, 0); // (1, k)
            Tensor transposed = x.sub(center).t(); // (s, n)
            Tensor products = transposed.matmul(transposed.t());
            double distance = Tensors.toDoubles(products.trace())[0] / count;
            products.diagonal().add_(Tensors.scalar(penalty * distance, products));
            Tensor weights = transposed.matmul(y.sub(targetCenter)).cholesky_solve(products.cholesky()); // (s, k)
            Tensor biases = targetCenter.sub(center.matmul(weights));
            return new RidgeRegression(
                    Tensors.toDoubles(weights.t().contiguous()), Tensors.toDoubles(biases.contiguous()));
        }
    }

    /** The values of the k functions. */
    double[] at(float[] vector) {
        double[] values = biases.clone();
        for (int k = 0; k < values.length; k++) {
            for (int i = 0; i < vector.length; i++) {
                values[k] += weights[k * vector.length + i] * vector[i];
            }
        }
        return values;
    }

    private static float[] joined(List<float[]> vectors) {
        int length = vectors.get(0).length;
        float[] joined = new float[Math.multiplyExact(vectors.size(), length)];
        for (int n = 0; n < vectors.size(); n++) {
            System.arraycopy(vectors.get(n), 0, joined, n * length, length);
        }
        return joined;
    }
}
