package io.github.deqa4j.score;

import java.util.List;

/** Digits and the decimal point as dots. Java writes text only where fonts are installed, which servers often lack. */
final class Digits {
    static final int WIDTH = 5;
    static final int HEIGHT = 7;

    private static final String CHARACTERS = "0123456789.";
    private static final List<String> ROWS = List.of(
            " ### |  #  | ### |#####|   # |#####|  ## |#####| ### | ### |     ",
            "#   #| ##  |#   #|   # |  ## |#    | #   |    #|#   #|#   #|     ",
            "#  ##|  #  |    #|  #  | # # |#### |#    |   # |#   #|#   #|     ",
            "# # #|  #  |   # |   # |#  # |    #|#### |  #  | ### | ####|     ",
            "##  #|  #  |  #  |    #|#####|    #|#   #| #   |#   #|    #|     ",
            "#   #|  #  | #   |#   #|   # |#   #|#   #| #   |#   #|   # | ##  ",
            " ### | ### |#####| ### |   # | ### | ### | #   | ### | ##  | ##  ");

    private Digits() {}

    /** Whether a dot of a character belongs to it. */
    static boolean inked(char character, int x, int y) {
        return ROWS.get(y).charAt(CHARACTERS.indexOf(character) * (WIDTH + 1) + x) == '#';
    }
}
