package io.github.deqa4j.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Answers to what is no request of HTTP, in the form of all other errors. No endpoint sees these. */
final class ProtocolErrors extends ErrorHandler {
    @Override
    public boolean errorPageForMethod(String method) {
        return true;
    }

    @Override
    protected void generateResponse(
            Request request,
            Response response,
            int code,
            @Nullable String message,
            @Nullable Throwable cause,
            Callback callback) {
        String id = UUID.randomUUID().toString();
        response.setStatus(code(code).status());
        response.getHeaders().put(RequestId.HEADER, id);
        response.getHeaders().put("X-Content-Type-Options", "nosniff");
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
        response.write(true, ByteBuffer.wrap(body(code, id)), callback);
    }

    private static byte[] body(int status, String id) {
        ObjectNode answer = Json.object();
        answer.putObject("error")
                .put("code", code(status).word())
                .put("message", message(status))
                .put("request_id", id);
        return answer.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static ErrorCode code(int status) {
        return switch (status) {
            case HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431, HttpStatus.URI_TOO_LONG_414 ->
                ErrorCode.HEADERS_TOO_LARGE;
            case HttpStatus.REQUEST_TIMEOUT_408 -> ErrorCode.REQUEST_TIMEOUT;
            case HttpStatus.PAYLOAD_TOO_LARGE_413 -> ErrorCode.TOO_LARGE;
            case HttpStatus.NOT_IMPLEMENTED_501, HttpStatus.HTTP_VERSION_NOT_SUPPORTED_505 -> ErrorCode.BAD_REQUEST;
            case HttpStatus.NOT_FOUND_404 -> ErrorCode.NOT_FOUND;
            case HttpStatus.SERVICE_UNAVAILABLE_503 -> ErrorCode.STOPPING;
            default -> HttpStatus.isClientError(status) ? ErrorCode.BAD_REQUEST : ErrorCode.INTERNAL;
        };
    }

    /** What Jetty says of the fault may repeat what the client sent. */
    private static String message(int status) {
        return switch (code(status)) {
            case HEADERS_TOO_LARGE -> "the first line and the headers of the request are too long together";
            case REQUEST_TIMEOUT -> "the request does not arrive in time";
            case TOO_LARGE -> "the request's body is too large";
            case NOT_FOUND -> "there is no such resource";
            case STOPPING -> "the server is being stopped";
            case BAD_REQUEST -> "this is no request of HTTP/1.1 that the server understands";
            default -> "an error in the server itself; its log tells more";
        };
    }
}
