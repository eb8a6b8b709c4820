package io.github.deqa4j.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a client is told of a request that fails: {@code {"error":{"code":…,"message":…,"request_id":…}}}. */
final class ErrorRoutes implements Routes {
    private static final Logger LOG = LoggerFactory.getLogger(ScoringServer.class);

    @Override
    public void addTo(RoutesConfig routes) {
        routes.before(RequestId::assign);
        routes.exception(RequestException.class, (e, context) -> answer(context, e.code(), e.getMessage()));
        routes.exception(Exception.class, (e, context) -> {
            LOG.error("request {} failed", RequestId.of(context), e);
            answer(context, ErrorCode.INTERNAL, "an error in the server itself; its log tells more");
        });
        routes.error(HttpStatus.NOT_FOUND, context -> {
            if (context.result() == null
                    || !"application/json".equals(context.res().getContentType())) {
                answer(context, ErrorCode.NOT_FOUND, context.path() + ": there is no such resource");
            }
        });
        routes.error(
                HttpStatus.METHOD_NOT_ALLOWED,
                context -> answer(
                        context,
                        ErrorCode.METHOD_NOT_ALLOWED,
                        context.path() + ": there is no method " + context.method() + " for this resource"));
    }

    static void answer(Context context, ErrorCode code, String message) {
        ObjectNode answer = Json.object();
        answer.putObject("error")
                .put("code", code.word())
                .put("message", message)
                .put("request_id", RequestId.of(context));
        Json.answer(context, code.status(), answer);
    }
}
