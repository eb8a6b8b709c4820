package io.github.deqa4j.spark;

import io.github.deqa4j.InvalidSettingException;
import io.github.deqa4j.score.BatchOptions;
import io.github.deqa4j.score.DetailSettings;
import io.github.deqa4j.score.ModelInfo;
import io.github.deqa4j.score.View;
import java.io.Serializable;

/**
 * How large images are when they are judged, as a driver tells its executors. All views share one scorer.
 *
 * @param view as {@link BatchOptions#view}
 * @param tiles as {@link DetailSettings#tiles}; of no use with {@link View#WHOLE}
 * @param seed as {@link DetailSettings#seed}; of no use with {@link View#WHOLE}
 */
record ViewSettings(View view, int tiles, long seed) implements Serializable {
    /** @throws InvalidSettingException if the number of tiles is out of its range */
    ViewSettings {
        new DetailSettings(tiles, seed); // checks them
    }

    /** Images as a whole. */
    static ViewSettings defaults() {
        BatchOptions usual = BatchOptions.defaults();
        return new ViewSettings(
                usual.view(), usual.detail().tiles(), usual.detail().seed());
    }

    /** How a batch is scored. */
    BatchOptions options() {
        return BatchOptions.defaults().withView(view).withDetail(detail());
    }

    /** What gives scores of this view. */
    String identity(ModelInfo model) {
        return model.identity(view, detail());
    }

    private DetailSettings detail() {
        return new DetailSettings(tiles, seed);
    }
}
