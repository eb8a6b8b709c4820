package io.github.deqa4j.spark;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.score.BatchScorer;
import io.github.deqa4j.score.Outcome;
import io.github.deqa4j.score.Scorer;
import java.util.Iterator;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a partition, in their order, each with what became of its image as a further value ({@link QualityStruct}). A row without
 * an image gets null.
 *
 * <p>Images are decoded ahead on threads of their own while the network works. No more rows are held than {@link BatchScorer} holds
 * images. The threads end with the last row or with {@link #close}.
 */
final class ScoredRows implements Iterator<Row>, AutoCloseable {
    private final BatchScorer batches;
    private final ViewSettings views;
    private final String model;
    private final int column;
    private final String name;
    private final Iterator<Outcome<Row>> outcomes;

    /**
     * Begins to decode.
     *
     * @param threads that decode
     * @param column which value of a row has the image, from 0
     * @param name what messages call an image that has no name of its own
     * @throws io.github.deqa4j.InvalidSettingException if the scorer does not support the view
     */
    ScoredRows(
            Scorer scorer,
            ViewSettings views,
            int threads,
            Iterator<Row> rows,
            int column,
            String name,
            Supplier<Configuration> hadoop) {
        this.batches = BatchScorer.of(scorer, views.options().withThreads(threads));
        this.views = views;
        this.model = views.identity(scorer.model());
        this.column = column;
        this.name = name;
        this.outcomes = batches.outcomes(rows, row -> ImageValue.decode(scorer, value(row), name, hadoop));
    }

    @Override
    public boolean hasNext() {
        boolean more = outcomes.hasNext();
        if (!more) {
            close();
        }
        return more;
    }

    @Override
    public Row next() {
        Outcome<Row> outcome = outcomes.next();
        if (!(outcome instanceof Outcome.Failed<Row> failed && failed.error() instanceof NoImage)) {
            ExecutorMetrics.count(outcome);
        }
        return extended(outcome.item(), quality(outcome));
    }

    @Override
    public void close() {
        batches.close();
    }

    private Object value(Row row) {
        if (row.isNullAt(column)) {
            throw new NoImage();
        }
        return row.get(column);
    }

    private @Nullable Row quality(Outcome<Row> outcome) {
        if (outcome instanceof Outcome.Scored<Row> scored) {
            return QualityStruct.scored(scored, views, model);
        }
        Throwable error = ((Outcome.Failed<Row>) outcome).error();
        return error instanceof NoImage
                ? null
                : QualityStruct.failed(ImageValue.name(outcome.item().get(column), name), error, model);
    }

    private static Row extended(Row row, @Nullable Row quality) {
        return RowFactory.create(IntStream.rangeClosed(0, row.size())
                .mapToObj(i -> i < row.size() ? row.get(i) : quality)
                .toArray());
    }

    /** Takes the place of an image in the order of the rows. */
    private static final class NoImage extends DeqaException {
        private static final long serialVersionUID = 1L;

        NoImage() {
            super("there is no image");
        }
    }
}
