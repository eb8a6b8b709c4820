package io.github.deqa4j.train.compact;

import io.github.deqa4j.torch.nn.Functional;
import io.github.deqa4j.torch.nn.NativeScope;
import io.github.deqa4j.torch.nn.Tensors;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** Linear functions with the least squared error and small weights (Hoerl and Kennard 1970, "Ridge Regression"). */
final class RidgeRegression {
    private final double[] weights;
    private final double[] biases;

    private RidgeRegression(double[] weights, double[] biases) {
        this.weights = weights;
        this.biases = biases;
    }

    /**
     * The functions that come closest to targets.
     *
     * @param vectors n of length s, which differ
     * @param targets n of length k
     * @param penalty on the sum of squared weights, above 0; 1 is the mean squared distance of the vectors from their mean
     */
    static RidgeRegression of(List<double[]> vectors, List<double[]> targets, double penalty) {
        try (NativeScope scope = NativeScope.inference()) {
            Tensor x = rows(vectors); // (n, s)
            Tensor y = rows(targets); // (n, k)
            Tensor center = Functional.mean(x, true, 0); // (1, s)
            Tensor targetCenter = Functional.mean(y, true, 0); // (1, k)
            Tensor transposed = x.sub(center).t(); // (s, n)
            Tensor products = transposed.matmul(transposed.t());
            double distance = Tensors.toDoubles(products.trace())[0] / vectors.size();
            products.diagonal().add_(Tensors.scalar(penalty * distance, products));
            Tensor weights = Functional.solve(products, transposed.matmul(y.sub(targetCenter))); // (s, k)
            Tensor biases = targetCenter.sub(center.matmul(weights));
            return new RidgeRegression(
                    Tensors.toDoubles(weights.t().contiguous()), Tensors.toDoubles(biases.contiguous()));
        }
    }

    /** (k, s), row by row. */
    double[] weights() {
        return weights.clone();
    }

    /** (k) what is added. */
    double[] biases() {
        return biases.clone();
    }

    /** The values of the k functions. */
    double[] at(double[] vector) {
        double[] values = biases.clone();
        for (int k = 0; k < values.length; k++) {
            for (int i = 0; i < vector.length; i++) {
                values[k] += weights[k * vector.length + i] * vector[i];
            }
        }
        return values;
    }

    private static Tensor rows(List<double[]> rows) {
        double[] joined = rows.stream().flatMapToDouble(Arrays::stream).toArray();
        return Tensors.doubles(joined).view(rows.size(), rows.get(0).length);
    }
}
