package io.github.deqa4j.checkpoint;

import java.util.List;

/**
 * A reader of the pickles that {@code torch.save} writes, of protocols 2 to 5, and of no others. A pickle is a program
 * for a stack machine; here its operations can only make numbers, texts, tuples, lists, dictionaries, and what
 * {@link TorchObjects} allows. Each operation takes constant time and space for what it reads, their number is limited,
 * and no object is ever walked recursively.
 *
 * @see <a href="https://github.com/python/cpython/blob/main/Lib/pickletools.py">what each operation means</a>
 */
final class PickleReader {
    private static final int MOST_OPERATIONS = 1 << 21;
    private static final Object NONE = new Object();

    private final PickleInput input;
    private final PickleStack stack;
    private final TorchObjects torch;

    private PickleReader(PickleInput input) {
        this.input = input;
        this.stack = new PickleStack(input);
        this.torch = new TorchObjects(input);
    }

    /**
     * Runs a pickle to its end.
     *
     * @return the one object left: a {@link PickleDict} if it is a dictionary
     * @throws MalformedCheckpointException if it is damaged, exceeds a limit, or asks for anything but tensors
     */
    static Object read(PickleInput input) {
        return new PickleReader(input).run();
    }

    private Object run() {
        readProtocol();
        int operations = 0;
        for (int opcode = input.opcode(); opcode != '.'; opcode = input.opcode()) {
            input.verify(operations++ < MOST_OPERATIONS, "the pickle has more than %s operations", MOST_OPERATIONS);
            execute(opcode);
        }
        Object result = stack.pop();
        input.verify(stack.isEmpty(), "the pickle ends with unused objects");
        input.end();
        return result;
    }

    private void readProtocol() {
        boolean marked = input.opcode() == 0x80;
        int protocol = marked ? input.unsignedByte() : 0;
        input.verify(protocol >= 2 && protocol <= 5, "the pickle is not of protocol 2 to 5");
    }

    private void execute(int opcode) {
        switch (opcode) {
            case 'N' -> stack.push(NONE);
            case 0x88 -> stack.push(true);
            case 0x89 -> stack.push(false);
            case 'K' -> stack.push((long) input.unsignedByte());
            case 'M' -> stack.push((long) input.unsignedShort());
            case 'J' -> stack.push((long) input.signedInt());
            case 0x8a -> stack.push(input.wholeOf(input.unsignedByte()));
            case 'G' -> stack.push(input.bigEndianDouble());
            case 0x8c -> stack.push(input.text(input.unsignedByte()));
            case 'X' -> stack.push(input.text(input.unsignedInt()));
            case 0x8d -> stack.push(input.text(input.signedLong()));
            case ')' -> stack.push(new PickleTuple(List.of()));
            case 0x85, 0x86, 0x87 -> stack.push(new PickleTuple(stack.pop(opcode - 0x84)));
            case '(' -> stack.mark();
            case 't' -> stack.push(new PickleTuple(stack.popToMark()));
            case ']' -> stack.push(new PickleList());
            case 'a' -> append(stack.pop(1));
            case 'e' -> append(stack.popToMark());
            case '}' -> stack.push(new PickleDict());
            case 's' -> set(stack.pop(2));
            case 'u' -> set(stack.popToMark());
            case 'q' -> stack.memoize(input.unsignedByte());
            case 'r' -> stack.memoize(input.unsignedInt());
            case 0x94 -> stack.memoize();
            case 'h' -> stack.recall(input.unsignedByte());
            case 'j' -> stack.recall(input.unsignedInt());
            case 'c' -> stack.push(torch.global(input.line(), input.line()));
            case 0x93 -> global(stack.pop(2));
            case 'Q' -> stack.push(torch.storage(stack.pop()));
            case 'R' -> call(stack.pop(2));
            case 'b' -> build(stack.pop());
            case 0x95 -> input.frame();
            default ->
                throw input.malformed(
                        String.format("the pickle has the operation 0x%02x, which checkpoints lack", opcode));
        }
    }

    private void append(List<Object> ignored) {
        input.verify(stack.top() instanceof PickleList, "the pickle appends to something that is no list");
    }

    private void set(List<Object> keysAndValues) {
        Object target = stack.top();
        input.verify(target instanceof PickleDict, "the pickle sets keys of something that is no dictionary");
        input.verify(keysAndValues.size() % 2 == 0, "the pickle sets a key without a value");
        PickleDict dict = (PickleDict) target;
        for (int i = 0; i < keysAndValues.size(); i += 2) {
            dict.put(input, keysAndValues.get(i), keysAndValues.get(i + 1));
        }
    }

    private void global(List<Object> names) {
        boolean texts = names.get(0) instanceof String && names.get(1) instanceof String;
        input.verify(texts, "the pickle names a global by something that is no text");
        stack.push(torch.global((String) names.get(0), (String) names.get(1)));
    }

    private void call(List<Object> functionAndArguments) {
        stack.push(torch.call(functionAndArguments.get(0), functionAndArguments.get(1)));
    }

    private void build(Object ignored) {
        torch.build(stack.top());
    }

    /** A list. No checkpoint of weights uses what is in one, so nothing is kept. */
    private static final class PickleList {}
}
