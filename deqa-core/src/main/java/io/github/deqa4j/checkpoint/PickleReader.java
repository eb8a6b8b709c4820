package io.github.deqa4j.checkpoint;

import io.github.deqa4j.checkpoint.PickleValue.Dict;
import io.github.deqa4j.checkpoint.PickleValue.Fraction;
import io.github.deqa4j.checkpoint.PickleValue.Other;
import io.github.deqa4j.checkpoint.PickleValue.Text;
import io.github.deqa4j.checkpoint.PickleValue.Tuple;
import io.github.deqa4j.checkpoint.PickleValue.Whole;
import java.util.List;

/**
 * Reads the pickles that {@code torch.save} writes, of protocols 2 to 5. A pickle is a program for a stack machine.
 * Here its operations can only make numbers, texts, tuples, lists, dictionaries, and the objects of {@link
 * TorchObjects}. Each operation takes constant time and space for what it reads, the number of operations is limited,
 * and no object is walked recursively.
 *
 * @see <a href="https://github.com/python/cpython/blob/main/Lib/pickletools.py">the operations</a>
 */
final class PickleReader {
    private static final int MOST_OPERATIONS = 1 << 21;

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
     * @return the one object left: a {@link Dict} if it is a dictionary
     * @throws MalformedCheckpointException if it is damaged, exceeds a limit, or asks for anything but tensors
     */
    static PickleValue read(PickleInput input) {
        return new PickleReader(input).run();
    }

    private PickleValue run() {
        readProtocol();
        int operations = 0;
        for (int opcode = input.opcode(); opcode != '.'; opcode = input.opcode()) {
            input.verify(operations++ < MOST_OPERATIONS, "the pickle has more than %s operations", MOST_OPERATIONS);
            execute(opcode);
        }
        PickleValue result = stack.pop();
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
            case 'N' -> stack.push(Other.NONE);
            case 0x88 -> stack.push(Other.TRUE);
            case 0x89 -> stack.push(Other.FALSE);
            case 'K' -> stack.push(new Whole(input.unsignedByte()));
            case 'M' -> stack.push(new Whole(input.unsignedShort()));
            case 'J' -> stack.push(new Whole(input.signedInt()));
            case 0x8a -> stack.push(new Whole(input.wholeOf(input.unsignedByte())));
            case 'G' -> stack.push(new Fraction(input.bigEndianDouble()));
            case 0x8c -> stack.push(new Text(input.text(input.unsignedByte())));
            case 'X' -> stack.push(new Text(input.text(input.unsignedInt())));
            case 0x8d -> stack.push(new Text(input.text(input.signedLong())));
            case ')' -> stack.push(new Tuple(List.of()));
            case 0x85, 0x86, 0x87 -> stack.push(new Tuple(stack.pop(opcode - 0x84)));
            case '(' -> stack.mark();
            case 't' -> stack.push(new Tuple(stack.popToMark()));
            case ']' -> stack.push(Other.LIST);
            case 'a' -> append(stack.pop(1));
            case 'e' -> append(stack.popToMark());
            case '}' -> stack.push(new Dict());
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

    private void append(List<PickleValue> ignored) {
        input.verify(stack.top() == Other.LIST, "the pickle appends to something that is no list");
    }

    private void set(List<PickleValue> keysAndValues) {
        PickleValue target = stack.top();
        input.verify(target instanceof Dict, "the pickle sets keys of something that is no dictionary");
        input.verify(keysAndValues.size() % 2 == 0, "the pickle sets a key without a value");
        Dict dict = (Dict) target;
        for (int i = 0; i < keysAndValues.size(); i += 2) {
            dict.put(input, keysAndValues.get(i), keysAndValues.get(i + 1));
        }
    }

    private void global(List<PickleValue> names) {
        boolean texts = names.get(0) instanceof Text && names.get(1) instanceof Text;
        input.verify(texts, "the pickle names a global by something that is no text");
        stack.push(torch.global(((Text) names.get(0)).text(), ((Text) names.get(1)).text()));
    }

    private void call(List<PickleValue> functionAndArguments) {
        stack.push(torch.call(functionAndArguments.get(0), functionAndArguments.get(1)));
    }

    private void build(PickleValue ignored) {
        torch.build(stack.top());
    }
}
