package io.github.deqa4j.checkpoint;

import io.github.deqa4j.checkpoint.PickleValue.Dict;
import io.github.deqa4j.checkpoint.PickleValue.Function;
import io.github.deqa4j.checkpoint.PickleValue.Storage;
import io.github.deqa4j.checkpoint.PickleValue.StorageType;
import io.github.deqa4j.checkpoint.PickleValue.Tensor;
import io.github.deqa4j.checkpoint.PickleValue.Text;
import io.github.deqa4j.checkpoint.PickleValue.Tuple;
import io.github.deqa4j.checkpoint.PickleValue.Unsupported;
import io.github.deqa4j.checkpoint.PickleValue.Whole;
import io.github.deqa4j.file.Excerpt;
import java.util.Map;
import java.util.Optional;

/**
 * The globals that a pickle may name, and their implementations. No other name is looked up, and no other code runs.
 */
final class TorchObjects {
    private static final Map<String, StorageType> STORAGES = Map.of(
            "torch.DoubleStorage", new StorageType(DType.F64),
            "torch.FloatStorage", new StorageType(DType.F32),
            "torch.HalfStorage", new StorageType(DType.F16),
            "torch.BFloat16Storage", new StorageType(DType.BF16),
            "torch.LongStorage", new StorageType(DType.I64),
            "torch.IntStorage", new StorageType(DType.I32),
            "torch.ShortStorage", new StorageType(DType.I16),
            "torch.CharStorage", new StorageType(DType.I8),
            "torch.ByteStorage", new StorageType(DType.U8),
            "torch.BoolStorage", new StorageType(DType.BOOL));

    private static final Map<String, Function> FUNCTIONS = Map.of(
            "collections.OrderedDict", Function.ORDERED_DICT,
            "torch._utils._rebuild_tensor_v2", Function.REBUILD_TENSOR,
            "torch._utils._rebuild_tensor_v3", Function.REBUILD_TYPED_TENSOR,
            "torch._tensor._rebuild_from_type_v2", Function.REBUILD_SUBCLASS,
            "torch._utils._rebuild_parameter", Function.REBUILD_PARAMETER,
            "torch._utils._rebuild_parameter_with_state", Function.REBUILD_PARAMETER);

    private static final int TENSOR_ARGUMENTS = 6;
    private static final int DTYPE_ARGUMENT = 6;
    private static final int SUBCLASS_ARGUMENTS = 4;
    private static final int PARAMETER_ARGUMENTS = 3;
    private static final Text STORAGE = new Text("storage");
    private static final int STORAGE_FIELDS = 5;

    private final PickleInput input;

    TorchObjects(PickleInput input) {
        this.input = input;
    }

    /** What a global stands for: the type of a storage, one of the functions, or the name of something that is not supported. */
    PickleValue global(String module, String name) {
        String global = module + "." + name;
        Optional<PickleValue> known = Optional.<PickleValue>ofNullable(STORAGES.get(global))
                .or(() -> Optional.ofNullable(FUNCTIONS.get(global)))
                .or(() -> Unsupported.isKnown(global) ? Optional.of(new Unsupported(global)) : Optional.empty());
        input.verify(
                known.isPresent(),
                "the pickle asks for the global %s, which no checkpoint of weights needs; it is refused and was not run",
                Excerpt.quoted(global));
        return known.orElseThrow();
    }

    /** A storage, from {@code ('storage', type, key, location, elements)}. */
    PickleValue storage(PickleValue id) {
        Tuple fields = tuple(id, "a persistent id");
        input.verify(
                fields.size() == STORAGE_FIELDS
                        && fields.get(0).equals(STORAGE)
                        && (fields.get(1) instanceof StorageType || fields.get(1) instanceof Unsupported)
                        && fields.get(2) instanceof Text,
                "a persistent id of the pickle is not that of a storage");
        if (fields.get(1) instanceof Unsupported) {
            return fields.get(1);
        }
        return new Storage(
                ((StorageType) fields.get(1)).dtype(),
                ((Text) fields.get(2)).text(),
                whole(fields.get(4), "the size of a storage"));
    }

    /** Applies a function to a tuple of arguments. */
    PickleValue call(PickleValue function, PickleValue arguments) {
        Tuple given = tuple(arguments, "the arguments of a call");
        if (function instanceof Unsupported unsupported) {
            return unsupported(unsupported, given);
        }
        input.verify(function instanceof Function, "the pickle calls something that is not a function");
        return switch ((Function) function) {
            case ORDERED_DICT -> orderedDict(given);
            case REBUILD_TENSOR -> tensor(given);
            case REBUILD_TYPED_TENSOR -> typedTensor(given);
            case REBUILD_SUBCLASS -> subclass(given);
            case REBUILD_PARAMETER -> parameter(given);
        };
    }

    /** What an unsupported function makes is unsupported too. It is named by the type of its numbers, if that is known. */
    private static Unsupported unsupported(Unsupported function, Tuple arguments) {
        boolean stored = arguments.size() > 0 && arguments.get(0) instanceof Unsupported storage && storage.isStorage();
        return stored ? (Unsupported) arguments.get(0) : function;
    }

    private Dict orderedDict(Tuple arguments) {
        input.verify(arguments.size() == 0, "an ordered dictionary is made from arguments; PyTorch gives it none");
        return new Dict();
    }

    /** From {@code (storage, offset, shape, strides, requires_grad, hooks)}; a seventh, metadata, does not matter. */
    private PickleValue tensor(Tuple arguments) {
        if (arguments.size() > 0 && arguments.get(0) instanceof Unsupported) {
            return arguments.get(0);
        }
        input.verify(
                (arguments.size() == TENSOR_ARGUMENTS || arguments.size() == TENSOR_ARGUMENTS + 1)
                        && arguments.get(0) instanceof Storage,
                "a tensor is not made from a storage, an offset, a shape and strides");
        long[] shape = wholes(arguments.get(2), "the shape of a tensor");
        long[] strides = wholes(arguments.get(3), "the strides of a tensor");
        input.verify(
                shape.length == strides.length, "a tensor has %s dimensions, %s strides", shape.length, strides.length);
        return new Tensor(
                (Storage) arguments.get(0), whole(arguments.get(1), "the offset of a tensor"), shape, strides);
    }

    /**
     * As {@link #tensor}, with a number type as the seventh argument. Such types have no storage of their own and are
     * not supported.
     */
    private Unsupported typedTensor(Tuple arguments) {
        input.verify(
                arguments.size() > DTYPE_ARGUMENT && arguments.get(DTYPE_ARGUMENT) instanceof Unsupported,
                "a tensor is not made from a storage, an offset, a shape, strides and a type");
        return (Unsupported) arguments.get(DTYPE_ARGUMENT);
    }

    /**
     * From {@code (function, class, arguments, attributes)}: a plain tensor with attributes, or a tensor of an
     * unsupported class.
     */
    private PickleValue subclass(Tuple arguments) {
        input.verify(
                arguments.size() == SUBCLASS_ARGUMENTS && arguments.get(1) instanceof Unsupported,
                "a tensor is not made from a function, a class, arguments and attributes");
        boolean plain = arguments.get(0) == Function.REBUILD_TENSOR
                && ((Unsupported) arguments.get(1)).name().equals("torch.Tensor");
        return plain ? tensor(tuple(arguments.get(2), "the arguments of a tensor")) : arguments.get(1);
    }

    /** From {@code (tensor, requires_grad, hooks)}; a fourth, attributes, does not matter. */
    private PickleValue parameter(Tuple arguments) {
        input.verify(
                (arguments.size() == PARAMETER_ARGUMENTS || arguments.size() == PARAMETER_ARGUMENTS + 1)
                        && (arguments.get(0) instanceof Tensor || arguments.get(0) instanceof Unsupported),
                "a parameter is not made from a tensor");
        return arguments.get(0);
    }

    /**
     * Sets the attributes of an object. State dictionaries have the versions of their modules there, which are ignored.
     */
    void build(PickleValue target) {
        input.verify(
                target instanceof Dict || target instanceof Unsupported,
                "the pickle sets attributes of something that is no dictionary");
    }

    private Tuple tuple(PickleValue object, String what) {
        input.verify(object instanceof Tuple, "%s in the pickle must be a tuple", what);
        return (Tuple) object;
    }

    private long[] wholes(PickleValue object, String what) {
        Tuple tuple = tuple(object, what);
        input.verify(
                tuple.size() <= TensorShape.MOST_DIMENSIONS,
                "%s in the pickle has more than %s numbers",
                what,
                TensorShape.MOST_DIMENSIONS);
        return tuple.items().stream().mapToLong(item -> whole(item, what)).toArray();
    }

    private long whole(PickleValue object, String what) {
        input.verify(
                object instanceof Whole whole && whole.number() >= 0,
                "%s in the pickle is not a whole number from 0",
                what);
        return ((Whole) object).number();
    }
}
