package io.github.deqa4j.label;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.dataset.InvalidDataException;
import io.github.deqa4j.dataset.TextLines;
import io.github.deqa4j.score.Prompt;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/**
 * Questions of the user in a training conversation. One is drawn for each image.
 *
 * @param questions at least one, none blank, without {@code <|image|>}
 */
public record Questions(List<String> questions) {
    /**
     * Takes questions.
     *
     * @throws DeqaException if there are none, or one contains the image's marker
     */
    public Questions {
        questions = List.copyOf(questions);
        if (questions.isEmpty()) {
            throw new DeqaException("there are no questions; give at least one");
        }
        for (String question : questions) {
            if (question.contains(Prompt.IMAGE)) {
                throw new DeqaException("the question \"" + question + "\" contains " + Prompt.IMAGE
                        + "; leave it out, it is added after the question");
            }
        }
    }

    /** Ten ways to ask for the quality of an image. */
    public static Questions standard() {
        return new Questions(List.of(
                "What do you think about the quality of this picture?",
                "Can you rate the quality of this image?",
                "Can you judge the quality of this picture?",
                "How would you rate the quality of this image?",
                "How would you judge the quality of this picture?",
                "What is your quality rating for this picture?",
                "What's your opinion on the quality of this image?",
                "Rate the quality of this picture.",
                "Could you evaluate the quality of this picture?",
                "How do you assess the quality of this picture?"));
    }

    /**
     * Reads a text file with a question on each line; empty lines are passed over.
     *
     * @throws InvalidDataException if the file is missing, not UTF-8, or has no question
     */
    public static Questions read(Path file) {
        List<String> lines = TextLines.read(file).stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        try {
            return new Questions(lines);
        } catch (DeqaException e) {
            throw new InvalidDataException(file, e);
        }
    }

    /** Draws a question. */
    String draw(Random random) {
        return questions.get(random.nextInt(questions.size()));
    }
}
