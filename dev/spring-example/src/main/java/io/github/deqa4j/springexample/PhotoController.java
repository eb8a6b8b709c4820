package io.github.deqa4j.springexample;

import io.github.deqa4j.image.EncodedImage;
import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.score.LevelProbabilities;
import io.github.deqa4j.score.QualityScore;
import io.github.deqa4j.score.Scorer;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

@RestController
class PhotoController {
    private static final int MOST_BYTES = 32 << 20;

    private final Scorer scorer;

    PhotoController(Scorer scorer) {
        this.scorer = scorer;
    }

    record Photo(double score, double std, LevelProbabilities probabilities, int width, int height, String model) {}

    @PostMapping(
            path = "/score",
            consumes = {"image/*", MediaType.APPLICATION_OCTET_STREAM_VALUE})
    Photo body(InputStream body) {
        return score(EncodedImage.of(body, "the body", MOST_BYTES));
    }

    @PostMapping(path = "/score", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    Photo upload(@RequestPart MultipartFile image) throws IOException {
        return score(EncodedImage.of(
                image.getBytes(), Objects.requireNonNullElse(image.getOriginalFilename(), "the upload")));
    }

    private Photo score(EncodedImage image) {
        RgbImage decoded = scorer.decode(image);
        QualityScore quality = scorer.score(decoded);
        return new Photo(
                quality.score(),
                quality.std(),
                quality.probabilities(),
                decoded.width(),
                decoded.height(),
                scorer.model().identity());
    }
}
