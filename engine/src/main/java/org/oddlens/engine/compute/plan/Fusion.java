package org.oddlens.engine.compute.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Groups row operations into chains. An operation joins the chain that makes the last of its operands, or, if none of its
 * operands is made in a chain of the same rows, the last chain that reads one of them; it is then done earlier than it
 * was written down, which changes no result.
 */
final class Fusion {

    private final List<Object> units = new ArrayList<>();
    private final Map<Storage, Integer> madeBy = new HashMap<>();
    private final Set<Storage> wholeOnly = new HashSet<>();

    private Fusion() {}

    /**
     * The instructions that the results need, in order.
     *
     * @param results storages that somebody reads in the end
     */
    static List<Instruction> fuse(List<Object> operations, Set<Storage> results) {
        Fusion fusion = new Fusion();
        needed(operations, results).forEach(fusion::place);
        return fusion.instructions(results);
    }

    /** Without the operations whose results nobody needs. */
    private static List<Object> needed(List<Object> operations, Set<Storage> results) {
        Set<Storage> needed = new HashSet<>(results);
        List<Object> kept = new ArrayList<>();
        for (int i = operations.size() - 1; i >= 0; i--) {
            Object operation = operations.get(i);
            if (writes(operation).stream().anyMatch(matrix -> needed.contains(matrix.storage()))) {
                reads(operation).forEach(matrix -> needed.add(matrix.storage()));
                kept.add(0, operation);
            }
        }
        return kept;
    }

    private static List<Matrix> reads(Object operation) {
        return operation instanceof RowOp op ? op.in() : ((Instruction) operation).reads();
    }

    private static List<Matrix> writes(Object operation) {
        return operation instanceof RowOp op ? List.of(op.out()) : ((Instruction) operation).writes();
    }

    private void place(Object operation) {
        int unit = units.size();
        if (operation instanceof RowOp op) {
            unit = chainFor(op);
            if (unit == units.size()) {
                units.add(new Group(op.rows()));
            }
            ((Group) units.get(unit)).ops.add(op);
            if (!op.rowByRow()) {
                wholeOnly.add(op.out().storage());
            }
        } else {
            units.add(operation);
        }
        for (Matrix matrix : writes(operation)) {
            madeBy.put(matrix.storage(), unit);
        }
    }

    private int chainFor(RowOp op) {
        int earliest = 0;
        for (Matrix matrix : op.in()) {
            int maker = madeBy.getOrDefault(matrix.storage(), -1);
            boolean inside = maker >= 0 && units.get(maker) instanceof Group && passesThrough(matrix, op.rows());
            earliest = Math.max(earliest, inside ? maker : maker + 1);
        }
        for (int unit = earliest; unit < units.size(); unit++) {
            if (units.get(unit) instanceof Group group && group.rows == op.rows() && group.touches(op)) {
                return unit;
            }
        }
        return units.size();
    }

    /** Whether a tile of the operand is a tile of what the chain made. */
    private boolean passesThrough(Matrix matrix, int rows) {
        if (wholeOnly.contains(matrix.storage()) || matrix.rows() != rows) {
            return false;
        }
        Group maker = (Group) units.get(madeBy.get(matrix.storage()));
        int width = matrix.storage().length() / rows;
        boolean sameRows =
                maker.rows == rows && width * rows == matrix.storage().length();
        return sameRows
                && (matrix.form() == Matrix.Form.DENSE && matrix.columns() == width
                        || matrix.form() == Matrix.Form.COLUMN && width == 1);
    }

    private List<Instruction> instructions(Set<Storage> results) {
        Set<Storage> wanted = new HashSet<>(results);
        for (int unit = 0; unit < units.size(); unit++) {
            if (units.get(unit) instanceof Group group) {
                for (RowOp op : group.ops) {
                    for (Matrix matrix : op.in()) {
                        if (madeBy.getOrDefault(matrix.storage(), -1) != unit) {
                            wanted.add(matrix.storage());
                        }
                    }
                }
            } else {
                reads(units.get(unit)).forEach(matrix -> wanted.add(matrix.storage()));
            }
        }
        List<Instruction> instructions = new ArrayList<>();
        for (Object unit : units) {
            instructions.add(unit instanceof Group group ? new Chain(group.ops, wanted) : (Instruction) unit);
        }
        return instructions;
    }

    /** A chain in the making. */
    private static final class Group {

        private final int rows;
        private final List<RowOp> ops = new ArrayList<>();

        Group(int rows) {
            this.rows = rows;
        }

        /** Whether the operation has an operand that is made or read here already. */
        boolean touches(RowOp op) {
            Set<Storage> here = new HashSet<>();
            for (RowOp other : ops) {
                here.add(other.out().storage());
                other.in().forEach(matrix -> here.add(matrix.storage()));
            }
            return op.in().stream().anyMatch(matrix -> here.contains(matrix.storage()));
        }
    }
}
