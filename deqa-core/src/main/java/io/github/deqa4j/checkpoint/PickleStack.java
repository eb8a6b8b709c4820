package io.github.deqa4j.checkpoint;

import io.github.deqa4j.checkpoint.PickleValue.Other;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The stack and the memo of a pickle, both limited. */
final class PickleStack {
    private static final int MOST_OBJECTS = 1 << 16;
    private static final int MOST_MEMOS = 1 << 20;

    private final PickleInput input;
    private final List<PickleValue> objects = new ArrayList<>();
    private final Map<Integer, PickleValue> memo = new HashMap<>();

    PickleStack(PickleInput input) {
        this.input = input;
    }

    void push(PickleValue object) {
        input.verify(objects.size() < MOST_OBJECTS, "the pickle keeps more than %s objects open", MOST_OBJECTS);
        objects.add(object);
    }

    void mark() {
        push(Other.MARK);
    }

    PickleValue pop() {
        PickleValue top = top();
        objects.remove(objects.size() - 1);
        return top;
    }

    PickleValue top() {
        input.verify(
                !objects.isEmpty() && objects.get(objects.size() - 1) != Other.MARK,
                "the pickle uses an object that is not there");
        return objects.get(objects.size() - 1);
    }

    /** Removes a number of objects. The result has the deepest first. */
    List<PickleValue> pop(int count) {
        PickleValue[] popped = new PickleValue[count];
        for (int i = count - 1; i >= 0; i--) {
            popped[i] = pop();
        }
        return List.of(popped);
    }

    /** Removes everything above the last mark, and the mark; the result has the deepest first. */
    List<PickleValue> popToMark() {
        int mark = objects.size() - 1;
        while (mark >= 0 && objects.get(mark) != Other.MARK) {
            mark--;
        }
        input.verify(mark >= 0, "the pickle closes a group that is not open");
        List<PickleValue> above = objects.subList(mark + 1, objects.size());
        List<PickleValue> popped = List.copyOf(above);
        objects.subList(mark, objects.size()).clear();
        return popped;
    }

    boolean isEmpty() {
        return objects.isEmpty();
    }

    /** Keeps the top in the memo. */
    void memoize(long index) {
        input.verify(index < MOST_MEMOS, "the memo of the pickle has more than %s places", MOST_MEMOS);
        memo.put((int) index, top());
    }

    /** Keeps the top in the memo, in its next place. */
    void memoize() {
        memoize(memo.size());
    }

    /** Pushes what the memo holds. */
    void recall(long index) {
        PickleValue object = index < MOST_MEMOS ? memo.get((int) index) : null;
        input.verify(object != null, "the pickle asks for memo %s, which is empty", index);
        push(Objects.requireNonNull(object));
    }
}
