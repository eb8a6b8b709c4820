package io.github.deqa4j.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Header;
import io.javalin.http.HttpStatus;
import io.javalin.http.MethodNotAllowedResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a client is told of a request that fails: {@code {"error":{"code":…,"message":…,"request_id":…}}}. */
final class ErrorRoutes implements Routes {
    private static final Logger LOG = LoggerFactory.getLogger(ScoringServer.class);

    @Override
    public void addTo(RoutesConfig routes) {
        routes.before(RequestId::assign);
        routes.before(RequestMethod::refuseOverride);
        routes.exception(Exception.class, (e, context) -> answer(context, "the request", e));
        routes.exception(MethodNotAllowedResponse.class, ErrorRoutes::allow);
        routes.error(
                HttpStatus.NOT_FOUND,
                context -> answer(context, ErrorCode.NOT_FOUND, context.path() + ": there is no such resource"));
        routes.error(
                HttpStatus.METHOD_NOT_ALLOWED,
                context -> answer(
                        context,
                        ErrorCode.METHOD_NOT_ALLOWED,
                        context.path() + ": there is no method " + context.method() + " for this resource"));
    }

    /** HTTP asks for the methods that there are; a resource that can be read can be asked for its headers alone. */
    private static void allow(MethodNotAllowedResponse refusal, Context context) {
        String methods = String.join(", ", refusal.getDetails().values());
        context.header(Header.ALLOW, methods.equals("GET") ? "GET, HEAD" : methods)
                .status(HttpStatus.METHOD_NOT_ALLOWED);
    }

    /**
     * Answers with an error, and logs it if it is the server's own.
     *
     * @param name what the error is of
     */
    static void answer(Context context, String name, Throwable error) {
        RequestException told = told(context, name, error);
        answer(context, told.code(), told.getMessage());
    }

    /** What a client is told of an error; the server's own are logged. */
    static RequestException told(Context context, String name, Throwable error) {
        RequestException told = RequestException.of(name, error);
        if (told.code() == ErrorCode.INTERNAL) {
            LOG.error("request {}: {}", RequestId.of(context), told.getMessage(), told.getCause());
        }
        return told;
    }

    static void answer(Context context, ErrorCode code, String message) {
        ObjectNode answer = Json.object();
        answer.putObject("error")
                .put("code", code.word())
                .put("message", message)
                .put("request_id", RequestId.of(context));
        if (code == ErrorCode.BUSY || code == ErrorCode.STARTING) {
            context.header("Retry-After", "1");
        }
        Json.answer(context, code.status(), answer);
    }
}
