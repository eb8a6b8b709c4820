package io.github.deqa4j.checkpoint;

import io.github.deqa4j.file.Excerpt;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The only globals that a pickle may name, and what it may do with them. Nothing is looked up by name anywhere else, and
 * nothing runs but the methods below.
 */
final class TorchObjects {
    private static final Map<String, DType> STORAGES = Map.of(
            "torch.DoubleStorage", DType.F64,
            "torch.FloatStorage", DType.F32,
            "torch.HalfStorage", DType.F16,
            "torch.BFloat16Storage", DType.BF16,
            "torch.LongStorage", DType.I64,
            "torch.IntStorage", DType.I32,
            "torch.ShortStorage", DType.I16,
            "torch.CharStorage", DType.I8,
            "torch.ByteStorage", DType.U8,
            "torch.BoolStorage", DType.BOOL);

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
    private static final int STORAGE_FIELDS = 5;

    private final PickleInput input;

    TorchObjects(PickleInput input) {
        this.input = input;
    }

    private enum Function {
        ORDERED_DICT,
        REBUILD_TENSOR,
        REBUILD_TYPED_TENSOR,
        REBUILD_SUBCLASS,
        REBUILD_PARAMETER
    }

    /** What a global stands for: the type of a storage, one of the functions, or the name of something that is not read. */
    Object global(String module, String name) {
        String global = module + "." + name;
        Optional<Object> known = Stream.of(STORAGES, FUNCTIONS)
                .flatMap(map -> Optional.<Object>ofNullable(map.get(global)).stream())
                .findFirst()
                .or(() -> ForeignObject.isKnown(global) ? Optional.of(new ForeignObject(global)) : Optional.empty());
        input.verify(
                known.isPresent(),
                "the pickle asks for the global %s, which no checkpoint of weights needs; it is refused and was not run",
                Excerpt.quoted(global));
        return known.orElseThrow();
    }

    /** A storage, from {@code ('storage', type, key, location, elements)}. */
    Object storage(Object id) {
        PickleTuple fields = tuple(id, "a persistent id");
        input.verify(
                fields.size() == STORAGE_FIELDS
                        && "storage".equals(fields.get(0))
                        && (fields.get(1) instanceof DType || fields.get(1) instanceof ForeignObject)
                        && fields.get(2) instanceof String,
                "a persistent id of the pickle is not that of a storage");
        if (fields.get(1) instanceof ForeignObject) {
            return fields.get(1);
        }
        return new TorchStorage(
                (DType) fields.get(1), (String) fields.get(2), whole(fields.get(4), "the size of a storage"));
    }

    /** Applies a function to a tuple of arguments. */
    Object call(Object function, Object arguments) {
        PickleTuple given = tuple(arguments, "the arguments of a call");
        if (function instanceof ForeignObject foreign) {
            return foreign(foreign, given);
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

    /** What is made of something that is not read is not read; it is called by the type of its numbers, if that is known. */
    private static ForeignObject foreign(ForeignObject function, PickleTuple arguments) {
        boolean stored =
                arguments.size() > 0 && arguments.get(0) instanceof ForeignObject storage && storage.isStorage();
        return stored ? (ForeignObject) arguments.get(0) : function;
    }

    private PickleDict orderedDict(PickleTuple arguments) {
        input.verify(arguments.size() == 0, "an ordered dictionary is made from arguments; PyTorch gives it none");
        return new PickleDict();
    }

    /** From {@code (storage, offset, shape, strides, requires_grad, hooks)}; a seventh, metadata, does not matter. */
    private Object tensor(PickleTuple arguments) {
        if (arguments.size() > 0 && arguments.get(0) instanceof ForeignObject) {
            return arguments.get(0);
        }
        input.verify(
                (arguments.size() == TENSOR_ARGUMENTS || arguments.size() == TENSOR_ARGUMENTS + 1)
                        && arguments.get(0) instanceof TorchStorage,
                "a tensor is not made from a storage, an offset, a shape and strides");
        long[] shape = wholes(arguments.get(2), "the shape of a tensor");
        long[] strides = wholes(arguments.get(3), "the strides of a tensor");
        input.verify(
                shape.length == strides.length, "a tensor has %s dimensions, %s strides", shape.length, strides.length);
        return new TorchTensor(
                (TorchStorage) arguments.get(0), whole(arguments.get(1), "the offset of a tensor"), shape, strides);
    }

    /** As {@link #tensor}, and the type of number, which is always one that has no storage of its own and is not read. */
    private ForeignObject typedTensor(PickleTuple arguments) {
        input.verify(
                arguments.size() > DTYPE_ARGUMENT && arguments.get(DTYPE_ARGUMENT) instanceof ForeignObject,
                "a tensor is not made from a storage, an offset, a shape, strides and a type");
        return (ForeignObject) arguments.get(DTYPE_ARGUMENT);
    }

    /** From {@code (function, class, arguments, attributes)}: a plain tensor with attributes, or one of a class that is not read. */
    private Object subclass(PickleTuple arguments) {
        input.verify(
                arguments.size() == SUBCLASS_ARGUMENTS && arguments.get(1) instanceof ForeignObject,
                "a tensor is not made from a function, a class, arguments and attributes");
        boolean plain = arguments.get(0) == Function.REBUILD_TENSOR
                && ((ForeignObject) arguments.get(1)).name().equals("torch.Tensor");
        return plain ? tensor(tuple(arguments.get(2), "the arguments of a tensor")) : arguments.get(1);
    }

    /** From {@code (tensor, requires_grad, hooks)}; a fourth, attributes, does not matter. */
    private Object parameter(PickleTuple arguments) {
        input.verify(
                (arguments.size() == PARAMETER_ARGUMENTS || arguments.size() == PARAMETER_ARGUMENTS + 1)
                        && (arguments.get(0) instanceof TorchTensor || arguments.get(0) instanceof ForeignObject),
                "a parameter is not made from a tensor");
        return arguments.get(0);
    }

    /** Gives an object its attributes. State dictionaries have versions of their modules there, which do not matter. */
    void build(Object target) {
        input.verify(
                target instanceof PickleDict || target instanceof ForeignObject,
                "the pickle sets attributes of something that is no dictionary");
    }

    private PickleTuple tuple(Object object, String what) {
        input.verify(object instanceof PickleTuple, "%s in the pickle must be a tuple", what);
        return (PickleTuple) object;
    }

    private long[] wholes(Object object, String what) {
        PickleTuple tuple = tuple(object, what);
        input.verify(
                tuple.size() <= TensorShape.MOST_DIMENSIONS,
                "%s in the pickle has more than %s numbers",
                what,
                TensorShape.MOST_DIMENSIONS);
        return tuple.items().stream().mapToLong(item -> whole(item, what)).toArray();
    }

    private long whole(Object object, String what) {
        input.verify(object instanceof Long value && value >= 0, "%s in the pickle is not a whole number from 0", what);
        return (Long) object;
    }
}
