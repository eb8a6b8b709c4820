package io.github.deqa4j.springexample;

import io.github.deqa4j.ScorerClosedException;
import io.github.deqa4j.ScoringException;
import io.github.deqa4j.UnusableModelException;
import io.github.deqa4j.image.UnreadableImageException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** The errors of deqa4j and of Spring as {@code application/problem+json}. */
@RestControllerAdvice
class PhotoErrors extends ResponseEntityExceptionHandler {
    @ExceptionHandler
    ProblemDetail unreadable(UnreadableImageException e) {
        HttpStatus status = switch (e.reason()) {
            case MISSING, NO_ACCESS, DAMAGED -> HttpStatus.BAD_REQUEST;
            case TOO_LARGE, MEMORY -> HttpStatus.CONTENT_TOO_LARGE;
            case UNKNOWN_FORMAT, UNSUPPORTED -> HttpStatus.UNSUPPORTED_MEDIA_TYPE;
        };
        return ProblemDetail.forStatusAndDetail(status, e.getMessage());
    }

    @ExceptionHandler
    ProblemDetail unscorable(ScoringException e) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.UNPROCESSABLE_CONTENT, e.getMessage());
    }

    @ExceptionHandler
    ProblemDetail unusable(UnusableModelException e) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.INTERNAL_SERVER_ERROR, e.getMessage());
    }

    @ExceptionHandler
    ProblemDetail closed(ScorerClosedException e) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.SERVICE_UNAVAILABLE, e.getMessage());
    }
}
