package io.github.deqa4j.dataset;

import com.fasterxml.jackson.core.io.NumberOutput;
import java.math.BigDecimal;
import java.math.MathContext;

/**
 * Floating-point numbers as Python writes them: the fewest digits that read back as the same number, an exponent below
 * 1e-4 and from 1e16 on. ({@code Double.toString} of Java 17 gives more digits than needed for some numbers.)
 */
public final class ShortestDecimal {
    private static final int LEAST_PLAIN_EXPONENT = -4;
    private static final int GREATEST_PLAIN_EXPONENT = 15;

    private static final MathContext ONE_DIGIT = new MathContext(1);

    private ShortestDecimal() {}

    /**
     * Writes a number.
     *
     * @param value a finite number
     * @return such as {@code 3.0}, {@code 0.0001}, {@code 8.963603389402631e-07} or {@code 1e+16}
     */
    public static String of(double value) {
        if (value == 0) {
            return Double.toString(value);
        }
        BigDecimal exact = shortest(value);
        int exponent = exact.precision() - exact.scale() - 1;
        if (exponent < LEAST_PLAIN_EXPONENT || exponent > GREATEST_PLAIN_EXPONENT) {
            return scientific(exact, exponent);
        }
        String plain = exact.toPlainString();
        return plain.indexOf('.') < 0 ? plain + ".0" : plain;
    }

    private static BigDecimal shortest(double value) {
        BigDecimal exact = new BigDecimal(NumberOutput.toString(value, true)).stripTrailingZeros();
        if (exact.precision() != 2) {
            return exact;
        }
        BigDecimal oneDigit = exact.round(ONE_DIGIT); // Java takes two where they come closer, Python does not
        return oneDigit.doubleValue() == value ? oneDigit : exact;
    }

    private static String scientific(BigDecimal exact, int exponent) {
        String digits = exact.unscaledValue().abs().toString();
        String fraction = digits.length() == 1 ? "" : "." + digits.substring(1);
        String power = Integer.toString(Math.abs(exponent));
        return (exact.signum() < 0 ? "-" : "")
                + digits.charAt(0)
                + fraction
                + (exponent < 0 ? "e-" : "e+")
                + (power.length() == 1 ? "0" + power : power);
    }
}
