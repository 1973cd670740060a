package org.oddlens.engine.data;

import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.exceptions.UnsupportedHdfException;
import io.jhdf.object.datatype.Reference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds what can be read in an HDF5 file: data sets, members of groups as {@code group/x}, fields of MATLAB's structs as
 * {@code data.X} and its cells as {@code c{1}}. What cannot be read is listed with the reason and costs nothing else.
 */
final class Hdf5Tree {

    private static final int MAX_DEPTH = 6;
    private static final int MAX_CELLS = 100;
    private static final int MAX_LINKS = 16;

    private final HdfFile hdf;
    private final ReadBudget budget;
    private final Hdf5Variable.Limits limits;
    private final Map<String, Hdf5Variable> variables = new LinkedHashMap<>();

    /** Variables by name, in the file's order. */
    static Map<String, Hdf5Variable> variables(HdfFile hdf, ReadBudget budget) {
        Hdf5Tree tree = new Hdf5Tree(hdf, budget);
        tree.group(hdf.getAddress(), "", 0);
        return tree.variables;
    }

    private Hdf5Tree(HdfFile hdf, ReadBudget budget) {
        this.hdf = hdf;
        this.budget = budget;
        limits = new Hdf5Variable.Limits(budget, hdf.size());
    }

    private void group(long address, String prefix, int depth) {
        for (Hdf5Group.Member member : Hdf5Group.members(hdf, address)) {
            if (variables.size() > budget.maxArrays()) {
                return;
            }
            if (depth > 0 || !member.name().startsWith("#")) {
                String name = prefix + member.name();
                guarded(name, () -> member(name, member, depth));
            }
        }
    }

    private interface Look {
        void look() throws Hdf5Variable.Unusable;
    }

    /** Whatever is odd about one member is said of this one. */
    private void guarded(String name, Look look) {
        try {
            look.look();
        } catch (Hdf5Variable.Unusable why) {
            variables.put(name, Hdf5Variable.unusable(why.getMessage()));
        } catch (RuntimeException | StackOverflowError odd) {
            variables.put(name, Hdf5Variable.unusable(cause(odd)));
        }
    }

    /** What to say of an object that the library cannot read, as the end of a sentence. */
    static String cause(Throwable odd) {
        for (Throwable at = odd; at != null; at = at.getCause()) {
            if (at instanceof UnsupportedHdfException) {
                return "uses a part of HDF5 that Oddlens does not read (as virtual data sets and rare types are)."
                        + " Save it as a plain array.";
            }
        }
        return "cannot be read: it is damaged, cut off, or of a kind that Oddlens does not know. Save it as a plain"
                + " array.";
    }

    private void member(String name, Hdf5Group.Member member, int depth) throws Hdf5Variable.Unusable {
        node(name, hdf.getNodeByAddress(address(member, 0)), depth);
    }

    /** Follows links inside the file, step by step, so that none of them leads out of it. */
    private long address(Hdf5Group.Member member, int links) throws Hdf5Variable.Unusable {
        if (member.outside() != null) {
            throw new Hdf5Variable.Unusable("is a link to another file (" + member.outside()
                    + "), which is not read. Save the array itself in this file.");
        }
        if (member.target() == null) {
            return member.address();
        }
        if (links == MAX_LINKS) {
            throw new Hdf5Variable.Unusable("is a link that leads back to itself.");
        }
        long at = hdf.getAddress();
        for (String step : member.target().split("/")) {
            if (step.isEmpty() || step.equals(".")) {
                continue;
            }
            Hdf5Group.Member next = Hdf5Group.members(hdf, at).stream()
                    .filter(m -> m.name().equals(step))
                    .findFirst()
                    .orElseThrow(() -> new Hdf5Variable.Unusable(
                            "is a link to '" + member.target() + "', which is not in the file."));
            at = address(next, links + 1);
        }
        return at;
    }

    private void node(String name, Node node, int depth) throws Hdf5Variable.Unusable {
        String matClass = matlabClass(node);
        boolean sparse = node.getAttributes().containsKey("MATLAB_sparse");
        if (node instanceof Group group && !sparse) {
            if (depth == MAX_DEPTH) {
                throw new Hdf5Variable.Unusable("lies more than " + MAX_DEPTH + " groups deep.");
            }
            int before = variables.size();
            group(group.getAddress(), name + (matClass.isEmpty() ? "/" : "."), depth + 1);
            if (variables.size() == before) {
                throw new Hdf5Variable.Unusable("is an empty " + (matClass.isEmpty() ? "group." : "struct."));
            }
        } else if (node instanceof Dataset dataset && dataset.getDataType() instanceof Reference) {
            cells(name, dataset, matClass, depth);
        } else if (node instanceof Dataset || sparse) {
            variables.put(name, new Hdf5Variable(name, node, matClass, limits));
        } else {
            throw new Hdf5Variable.Unusable("is a named type and holds no data.");
        }
    }

    /** MATLAB's class of a variable; "" where it was not written by MATLAB, or the attribute is no text. */
    private static String matlabClass(Node node) {
        Attribute attribute = node.getAttributes().get("MATLAB_class");
        return attribute != null && attribute.getData() instanceof String text ? text : "";
    }

    private void cells(String name, Dataset dataset, String matClass, int depth) throws Hdf5Variable.Unusable {
        if (!matClass.equals("cell")) {
            throw new Hdf5Variable.Unusable(
                    name.indexOf('.') > 0
                            ? "is a field of a struct array; only fields of a single struct can be used."
                            : "holds references to other data sets, no values.");
        }
        List<Hdf5Variable> cells = new ArrayList<>();
        boolean texts = true;
        boolean numbers = true;
        if (Hdf5Variable.bytes(dataset) > budget.maxBytes() / Long.BYTES) {
            throw new Hdf5Variable.Unusable("takes " + budget.tooMuch(Hdf5Variable.bytes(dataset)) + ".");
        }
        for (long address : (long[]) dataset.getDataFlat()) {
            Node node = hdf.getNodeByAddress(address);
            Hdf5Variable cell = node instanceof Dataset && !(((Dataset) node).getDataType() instanceof Reference)
                    ? new Hdf5Variable(name, node, matlabClass(node), limits)
                    : null;
            texts &= cell != null && (cell.isLine() || cell.isNumber());
            numbers &= cell != null && cell.isNumber();
            cells.add(cell);
            if (!texts && cells.size() > MAX_CELLS) {
                break;
            }
        }
        if (texts && !cells.isEmpty()) {
            variables.put(name, Hdf5Variable.cell(dataset, cells, numbers, limits));
            return;
        }
        if (depth == MAX_DEPTH) {
            throw new Hdf5Variable.Unusable("lies more than " + MAX_DEPTH + " levels deep. Save it by itself.");
        }
        if (cells.size() > MAX_CELLS) {
            variables.put(
                    name,
                    Hdf5Variable.unusable(
                            "is a cell array; only its first " + MAX_CELLS + " cells are listed. In MATLAB, cell2mat("
                                    + name + ") makes one array of cells of equal kind."));
        }
        long[] addresses = (long[]) dataset.getDataFlat();
        for (int i = 0; i < Math.min(MAX_CELLS, addresses.length); i++) {
            String cell = name + "{" + (i + 1) + "}";
            long address = addresses[i];
            guarded(cell, () -> node(cell, hdf.getNodeByAddress(address), depth + 1));
        }
    }
}
