package io.github.deqa4j.server;

import io.github.deqa4j.InvalidSettingException;
import io.github.deqa4j.file.Excerpt;
import io.github.deqa4j.score.Scorer;
import io.github.deqa4j.score.View;
import io.javalin.http.Context;
import java.util.List;

/** The parameter {@code view} of a request's query. */
final class ViewParameter {
    private static final String NAME = "view";

    private ViewParameter() {}

    /**
     * The view that a request asks for; that of the whole if it does not say.
     *
     * @throws RequestException if there is no such view, or the scorer does not have it
     */
    static View of(Context context, Scorer scorer) {
        View view = parse(context.queryParams(NAME));
        if (view.hasDetail() && !scorer.supportsDetail()) {
            throw new RequestException(
                    ErrorCode.DETAIL_UNSUPPORTED,
                    "this server's model scores images only as a whole and cannot look at them at 100 %; leave view"
                            + " out or set it to whole");
        }
        return view;
    }

    /** @throws RequestException if a request asks for another view than that of the whole */
    static void requireWhole(Context context) {
        if (parse(context.queryParams(NAME)) != View.WHOLE) {
            throw new RequestException(
                    ErrorCode.BAD_REQUEST,
                    "a reward is the score of the whole image; leave view out or set it to whole");
        }
    }

    private static View parse(List<String> values) {
        if (values.isEmpty()) {
            return View.WHOLE;
        }
        if (values.size() > 1) {
            throw new RequestException(ErrorCode.BAD_REQUEST, "the request has view more than once; send it once");
        }
        try {
            return View.parse(values.get(0));
        } catch (InvalidSettingException e) {
            throw new RequestException(
                    ErrorCode.BAD_REQUEST,
                    "view is " + Excerpt.quoted(values.get(0)) + "; it must be whole, detail or both");
        }
    }
}
