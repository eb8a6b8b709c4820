package io.github.deqa4j.server;

import io.github.deqa4j.image.EncodedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.http.MultiPartFormData;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.content.ByteBufferContentSource;
import org.eclipse.jetty.util.Promise;
import org.jspecify.annotations.Nullable;

/**
 * The images of a body.
 *
 * @param images in the order of the body
 * @param several whether the body could have held several: each then has an answer of its own
 * @param fields the other fields of a form, by name
 */
record Upload(List<EncodedImage> images, boolean several, Map<String, String> fields) {
    static final String JSON = "application/json";

    private static final String FORM = "multipart/form-data";
    private static final String BYTES = "application/octet-stream";
    private static final String IMAGE = "image/";
    private static final String UNNAMED = "image";
    private static final int MOST_FIELDS = 16;
    private static final int HEADER_BYTES = 8192;

    /**
     * Takes a body apart, in memory.
     *
     * @param contentType the header of this name, where the request has one
     * @param most images in a request
     * @throws RequestException if the type is no image's and no form's, or the form is malformed, or has no image or too many
     */
    static Upload of(@Nullable String contentType, byte[] body, int most) {
        String type = type(contentType);
        if (type.equals(FORM)) {
            return form(String.valueOf(contentType), body, most);
        }
        if (!type.isEmpty() && !isImage(type)) {
            throw new RequestException(
                    ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                    "the content type is " + type + "; send an image as " + IMAGE + "… or " + BYTES
                            + ", or several as files of " + FORM);
        }
        if (body.length == 0) {
            throw new RequestException(ErrorCode.MISSING_IMAGE, "the request's body is empty; send an image in it");
        }
        return new Upload(List.of(EncodedImage.of(body, UNNAMED)), false, Map.of());
    }

    /** A content type without its parameters; empty if there is none. */
    static String type(@Nullable String contentType) {
        return contentType == null ? "" : contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    private static boolean isImage(String type) {
        return type.startsWith(IMAGE) || type.equals(BYTES);
    }

    private static Upload form(String contentType, byte[] body, int most) {
        List<EncodedImage> images = new ArrayList<>();
        Map<String, String> fields = new LinkedHashMap<>();
        try (MultiPartFormData.Parts parts = parts(contentType, body, most)) {
            for (MultiPart.Part part : parts) {
                String file = part.getFileName();
                if (file == null && !isImage(type(part.getHeaders().get(HttpHeader.CONTENT_TYPE)))) {
                    fields.put(part.getName(), part.getContentAsString(StandardCharsets.UTF_8));
                } else {
                    images.add(EncodedImage.of(bytes(part), name(file, part.getName())));
                }
            }
        }
        if (images.isEmpty()) {
            throw new RequestException(ErrorCode.MISSING_IMAGE, "the form has no file; send an image as a file of it");
        }
        if (images.size() > most) {
            throw tooMany(images.size(), most);
        }
        return new Upload(images, true, fields);
    }

    static RequestException tooMany(int images, int most) {
        return new RequestException(
                ErrorCode.TOO_MANY_IMAGES,
                "the request has " + images + " images, and at most " + most + " are allowed; send fewer at once");
    }

    private static MultiPartFormData.Parts parts(String contentType, byte[] body, int most) {
        String boundary = MultiPart.extractBoundary(contentType);
        if (boundary == null || boundary.isEmpty()) {
            throw new RequestException(ErrorCode.BAD_REQUEST, "the content type " + FORM + " has no boundary");
        }
        MultiPartFormData.Parser parser = new MultiPartFormData.Parser(boundary);
        parser.setMaxParts((long) most * 2 + MOST_FIELDS); // a few too many are counted and named
        parser.setMaxMemoryFileSize(-1); // all of it is in memory already; nothing is written to disk
        parser.setPartHeadersMaxLength(HEADER_BYTES);
        try {
            CompletableFuture<MultiPartFormData.Parts> parts = new CompletableFuture<>();
            parser.parse(new ByteBufferContentSource(ByteBuffer.wrap(body)), Promise.Invocable.toPromise(parts));
            return parts.join();
        } catch (CompletionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new RequestException(
                    ErrorCode.BAD_REQUEST, "the form in the request's body is malformed: " + cause.getMessage());
        }
    }

    private static byte[] bytes(MultiPart.Part part) {
        try {
            ByteBuffer content = Content.Source.asByteBuffer(part.newContentSource(null, 0, -1));
            byte[] bytes = new byte[content.remaining()];
            content.get(bytes);
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String name(@Nullable String file, @Nullable String field) {
        if (file != null && !file.isEmpty()) {
            return file;
        }
        return field == null || field.isEmpty() ? UNNAMED : field;
    }
}
