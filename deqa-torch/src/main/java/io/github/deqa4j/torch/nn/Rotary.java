package io.github.deqa4j.torch.nn;

import static io.github.deqa4j.torch.nn.Functional.cat;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Rotary position embeddings (Su et al. 2021). The two halves of a head are the coordinates of D/2 points; point j is rotated by
 * position·θ^(−2j/D).
 */
public final class Rotary {
    private final Tensor cos; // (L, D)
    private final Tensor sin; // (L, D)

    private Rotary(Tensor cos, Tensor sin) {
        this.cos = cos;
        this.sin = sin;
    }

    /**
     * The rotations for positions start … start+length−1, computed in float32 like the reference.
     *
     * @param start the first position
     * @param length L
     * @param dim D, even
     * @param theta the base of the frequencies
     * @param device a tensor on the device to compute on
     */
    public static Rotary of(long start, long length, long dim, double theta, Tensor device) {
        Tensor exponent = torch.arange(new Scalar(0), new Scalar((int) dim), new Scalar(2))
                .to(ScalarType.Float)
                .div(new Scalar((float) dim)); // (D/2)
        Tensor frequency = torch.pow(new Scalar(theta), exponent).reciprocal(); // (D/2)
        Tensor position = torch.arange(new Scalar((int) start), new Scalar((int) (start + length)))
                .to(ScalarType.Float); // (L)
        Tensor angles = torch.outer(position, frequency); // (L, D/2)
        Tensor both = cat(1, angles, angles).to(device.device(), ScalarType.Float); // (L, D)
        return new Rotary(both.cos(), both.sin());
    }

    /** The rotation of the last position alone. */
    public Rotary last() {
        long last = cos.size(0) - 1;
        return new Rotary(cos.narrow(0, last, 1), sin.narrow(0, last, 1));
    }

    /** Rotates each vector by its position: (B, H, L, D). */
    public Tensor turn(Tensor x) {
        long half = x.size(3) / 2;
        Tensor turned = cat(3, x.narrow(3, half, half).neg(), x.narrow(3, 0, half)); // (−second half, first half)
        return x.mul(cos).add(turned.mul(sin)).to(x.scalar_type());
    }
}
